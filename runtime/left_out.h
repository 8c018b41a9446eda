// What of an object its loader leaves out, by what the kernel can do. Programs test for the same helper.
#pragma once

#include <string_view>
#include <vector>

namespace lsmpc::runtime {

// Why a kernel without task storage cannot have an object with scratch memory there alone.
constexpr const char* kNeedsTaskStorage = "it was built for kernels with task storage, which this one lacks";

// Names of maps that are not made. An object need not have them.
std::vector<std::string_view> mapsLeftOut(bool has_task_storage);
// Of a program of trackers.def.
bool isTrackerLeftOut(std::string_view program, bool has_task_storage);

}  // namespace lsmpc::runtime
