// The pins of one folder and the folder itself, out of the kernel: a generation's, or the guard's.
#pragma once

#include <string>

namespace lsmpc::runtime {

// What is not there is no fault. Throws Failure UnloadFailed, which names `name`.
void removeFile(const std::string& path, const std::string& name);
// Links first; then it waits until the kernel has ended them. Throws Failure UnloadFailed, StillAttached.
void unpinFolder(const std::string& folder, const std::string& name);

}  // namespace lsmpc::runtime
