// A policy tried on one process before it is in force for all: would `lsmpctl unload` still work, does the kernel call it?
#pragma once

#include <cstdint>
#include <string>

namespace lsmpc::runtime {

// Opens the pinned gate for a child alone, which does what `unload` does, then what fires hooks harmlessly. What the policy
// forbids of the first part; empty: nothing. The gate is closed afterwards.
std::string rehearse(const std::string& name, uint64_t generation);

// The hidden command that the child executes, with NAME and GENERATION. Returns its exit status.
constexpr const char* kRehearsalCommand = "rehearse-unload";
int runRehearsal(const std::string& name, const std::string& generation);

}  // namespace lsmpc::runtime
