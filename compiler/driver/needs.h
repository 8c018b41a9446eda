// What a compiled policy needs of a loader.
#pragma once

#include <string>
#include <vector>

#include "runtime/manifest.h"

namespace lsmpc::driver {

// The kinds: "choice of maps", "ids of accounts"; none: any libbpf program can load it.
std::vector<std::string> kindsOfNeeds(const runtime::Manifest& manifest);
// What is filled in, each with the rule that first asks for it.
std::vector<std::string> needsOf(const runtime::Manifest& manifest);

}  // namespace lsmpc::driver
