// What of a folder of objects can be told without reading them: it changes when one of them, or the folder itself, becomes another.
#pragma once

#include <set>
#include <string>

namespace lsmpc::runtime {

// To be compared only.
std::string stampOf(const std::string& folder);
// Where a change of one of its objects happens: it, the folder that it is in, and those that its links lead to.
std::set<std::string> placesOf(const std::string& folder);

}  // namespace lsmpc::runtime
