// What is kept in the kernel: /sys/fs/bpf/lsmp/NAME/GENERATION/ holds the maps `gate`, `events`, `counters`, `hits` (hits.h), `manifest`,
// `facts` where it keeps what tasks run, `set_NAME` for each dynamic set, and a link `hook_HOOK` for each program; NAME/ has `turn` (turn.h) and, while a load is on trial, `trial`. `watch:…`
// beside the policies is a watcher's lock (watch_lock.h), `protect:` what guards them all (guard.h). A generation counts
// from the moment at which it has the turn, which is after its last pin.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "runtime/attachment.h"
#include "runtime/descriptor.h"
#include "runtime/fill.h"
#include "runtime/manifest.h"
#include "runtime/origin.h"

namespace lsmpc::runtime {

struct LoadedPolicy {
  std::string name;
  uint64_t generation = 0;
  std::string folder;
  Manifest manifest;                // empty where it cannot be read: then `faults` says so
  std::vector<std::string> hooks;   // attached, as their pins show
  std::vector<std::string> absent;  // `if present` hooks that this kernel lacks
  std::vector<std::string> proved;  // the kernel was seen to call their programs when the policy was loaded
  std::vector<FilledNote> filled;   // what was looked up on this host then
  std::optional<Origin> origin;     // nothing where it cannot be read
  std::string sha256;               // of its object; empty: an older loader noted none
  std::vector<std::string> faults;  // what is not as the loader left it
  uint64_t trial = 0;               // seconds until it is taken back unless it is confirmed; 0: it is not on trial
  uint32_t newest_link = 0;         // of its hooks' links, numbered in the order of their making; 0: unknown
};

// Newest generation of each policy, by name. The caller holds the lock.
std::vector<LoadedPolicy> loadedPolicies();
std::optional<LoadedPolicy> policyInForce(const std::string& name);
// Throws Failure NotLoaded.
LoadedPolicy loadedPolicy(const std::string& name);
std::vector<std::string> pinnedNames();

std::vector<uint64_t> generations(const std::string& name);  // ascending, in force or not
std::string policyFolder(const std::string& name);
std::string generationFolder(const std::string& name, uint64_t generation);
// The pin of a program's link in a generation's folder.
std::string linkPin(const std::string& folder, const std::string& hook);
std::vector<std::string> pinnedHooks(const std::string& folder);
std::vector<Attachment> pinnedAttachments(const std::string& folder);
// Sorted; none of what is no folder. Throws Failure PinUnusable where it cannot be read: what is there must not count as gone.
std::vector<std::string> entriesOf(const std::string& folder);
bool inForce(const std::string& name, uint64_t generation);  // throws Failure PinUnusable

Descriptor openPin(const std::string& path);  // throws Failure PinUnusable

}  // namespace lsmpc::runtime
