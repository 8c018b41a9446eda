// Objects into the kernel: every hook of every policy is attached and pinned, or nothing changes.
#pragma once

#include <string>
#include <vector>

#include "runtime/manifest.h"

namespace lsmpc::runtime {

struct LoadRequest {
  std::vector<std::string> objects;
  bool audit = false;
};

struct LoadedNow {
  Manifest manifest;
  uint64_t generation = 0;
  bool replaced = false;
  std::vector<std::string> absent;  // `if present` hooks that this kernel lacks
};

// Checks the host first. Throws Failure; then what was in force before still is, and nothing else.
std::vector<LoadedNow> loadPolicies(const LoadRequest& request);

}  // namespace lsmpc::runtime
