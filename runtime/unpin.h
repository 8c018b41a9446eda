// Generations out of the kernel. The caller holds the lock.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace lsmpc::runtime {

// Closes the gate, removes the pins, waits until the kernel has detached. Throws Failure UnloadFailed, StillAttached.
void removeGeneration(const std::string& name, uint64_t generation);
// The same for one that a newer one has replaced. Its gate stays open until it is detached: a call that passed the new
// program before that one's gate opened still meets this one's.
void removeReplaced(const std::string& name, uint64_t generation);
// All generations and the policy's folder.
void removePolicy(const std::string& name);
// Generations that an interrupted command left; the names of their policies.
std::vector<std::string> removeLeftovers();

}  // namespace lsmpc::runtime
