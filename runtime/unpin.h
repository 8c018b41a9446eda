// Generations out of the kernel. The caller holds the lock.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace lsmpc::runtime {

// Removes the pins of a generation whose turn it is not, and waits until the kernel has detached it. Throws Failure UnloadFailed, StillAttached.
void removeReplaced(const std::string& name, uint64_t generation);
// All generations, after it is nobody's turn, and the policy's folder.
void removePolicy(const std::string& name);
// Generations that an interrupted command left, or a trial that is over; the names of their policies. What is on trial stays as it is.
std::vector<std::string> removeLeftovers();

}  // namespace lsmpc::runtime
