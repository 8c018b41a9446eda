// What programs were seen to do → a policy that permits them that, and nothing else of the kind.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace lsmpc::suggest {

// An operation of a program. By attributes: paths in bytes, other values as a policy writes them.
struct Use {
  std::string program, hook;
  std::map<std::string, std::string> paths, values;
  bool without_path = false;  // it had one, which could not be resolved
};

// The text of a policy, not yet in its canonical form. `heading`: lines of comment.
std::string suggestPolicy(const std::vector<Use>& uses, const std::string& name, const std::vector<std::string>& heading);

}  // namespace lsmpc::suggest
