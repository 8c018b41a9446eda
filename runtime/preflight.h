// What the host must have before anything is loaded. Sources of the facts: securityfs, sysfs, /proc/self.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
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
// What those look at, found or not; and all that `doctor` shows, these among it.
std::vector<Finding> checkedPrerequisites();
std::vector<Finding> examineHost();

bool isBpffs(const std::string& folder);
std::string kernelRelease();

// The running kernel's types, read once. Throws Failure NoBtf.
const btf& kernelTypes();
bool hasKernelTypes();
bool kernelHasType(const char* name, uint32_t btf_kind);
bool kernelHasTaskStorage();

}  // namespace lsmpc::runtime
