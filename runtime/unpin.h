// Generations out of the kernel. The caller holds the lock.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace lsmpc::runtime {

// Removes the pins of a generation that a newer one has replaced, and waits until the kernel has detached it. Its gate stays
// open until then: a call that passed the new program before that one's gate opened still meets this one's. Throws Failure
// UnloadFailed, StillAttached.
void removeReplaced(const std::string& name, uint64_t generation);
// All generations, their gates closed first, and the policy's folder.
void removePolicy(const std::string& name);
// Generations that an interrupted command left; the names of their policies.
std::vector<std::string> removeLeftovers();

}  // namespace lsmpc::runtime
