// What is kept in the kernel: /sys/fs/bpf/lsmp/NAME/GENERATION/ holds the maps `events`, `counters`, `manifest` and a link
// `hook_HOOK` for each program. `manifest` is pinned last: a generation without one was left by a loader that died.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/descriptor.h"
#include "runtime/manifest.h"

namespace lsmpc::runtime {

struct LoadedPolicy {
  std::string name;
  uint64_t generation = 0;
  std::string folder;
  Manifest manifest;
  std::vector<std::string> hooks;    // attached: their links are pinned
  std::vector<std::string> missing;  // in the manifest, neither attached nor `if present`
};

// Newest generation of each policy, by name. Throws Failure PinUnusable.
std::vector<LoadedPolicy> loadedPolicies();
// Throws Failure NotLoaded.
LoadedPolicy loadedPolicy(const std::string& name);

std::vector<uint64_t> generations(const std::string& name);  // ascending, complete or not
std::string generationFolder(const std::string& name, uint64_t generation);
// Links first, so that nothing is half in force for long. Throws Failure UnloadFailed.
void removeGeneration(const std::string& name, uint64_t generation);
// All generations and the policy's folder.
void removePolicy(const std::string& name);
// Generations without a manifest. The caller holds the lock.
void removeLeftovers();

Descriptor openPin(const std::string& path);  // throws Failure PinUnusable

}  // namespace lsmpc::runtime
