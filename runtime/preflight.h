// What the host must have before anything is loaded. Sources of the facts: securityfs, sysfs, /proc/self.
#pragma once

#include <string>
#include <vector>

#include "runtime/message.h"

struct btf;

namespace lsmpc::runtime {

// One prerequisite, for `doctor`: found or not, and what was seen.
struct Finding {
  std::string name;
  bool found = false;
  bool required = true;
  std::string seen;
  std::string way_out;
};

// Every reason not to load here; empty: go on.
std::vector<Problem> checkHost();
// The part that reading what is loaded needs: root and the bpffs.
std::vector<Problem> checkReader();
// All prerequisites, found ones too.
std::vector<Finding> examineHost();

bool isBpffs(const std::string& folder);
std::string kernelRelease();

// The running kernel's types, read once. Throws Failure NoBtf.
const btf& kernelTypes();
bool kernelHasTaskStorage();

}  // namespace lsmpc::runtime
