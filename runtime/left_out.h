// What of an object its loader leaves out, by what the kernel can do. Programs test for the same helper.
#pragma once

#include <string_view>
#include <vector>

#include "runtime/abi/layout.h"

namespace lsmpc::runtime {

// Why a kernel without task storage cannot have an object with scratch memory there alone.
constexpr const char* kNeedsTaskStorage = "it was built for kernels with task storage, which this one lacks";

// Whether an object keeps what it knows of tasks in task storage: where the kernel has that, unless the object was built for kernels without it alone.
template <typename HasMap>
bool usesTaskStorage(bool kernel_has, HasMap has_map) {
  return kernel_has && (has_map(LSMP_MAP_SCRATCH) || has_map(LSMP_MAP_FACTS));
}

// Names of maps that are not made. An object need not have them.
std::vector<std::string_view> mapsLeftOut(bool uses_task_storage);
// Of a program of trackers.def.
bool isTrackerLeftOut(std::string_view program, bool uses_task_storage);

}  // namespace lsmpc::runtime
