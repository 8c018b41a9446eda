// Objects shown to this kernel: their maps are made, their programs verified, and all let go again. Nothing is attached or pinned.
#pragma once

#include <string>
#include <vector>

#include "runtime/object.h"
#include "runtime/verifier_log.h"

namespace lsmpc::runtime {

struct DryRun {
  std::string name;
  std::vector<std::string> absent;  // `if present` hooks that this kernel lacks
  std::vector<VerifierCounts> programs;
};

// Checks the host first. Throws the Failure that `load` would, but for what comes after the verifier: attaching, the policy's rehearsal, pins.
std::vector<DryRun> dryRun(const std::vector<ObjectFile>& objects);

}  // namespace lsmpc::runtime
