// Objects into the kernel: every hook of every policy is attached, pinned and in force, or nothing changes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "runtime/fill.h"
#include "runtime/manifest.h"
#include "runtime/message.h"
#include "runtime/object.h"
#include "runtime/origin.h"
#include "runtime/pins.h"

namespace lsmpc::runtime {

struct LoadRequest {
  std::vector<ObjectFile> objects;
  bool audit = false;
  bool force = false;    // also a policy that would stop `lsmpctl unload`
  uint64_t trial = 0;    // seconds after which it is taken back unless it is confirmed; 0: it stays
  bool replace = false;  // also what has another origin
  Origin origin;         // of what is loaded
  bool protect = false;  // what keeps all policies in force, from root too (protection.h)
};

struct LoadedNow {
  Manifest manifest;
  std::string sha256;  // of its object
  uint64_t generation = 0;
  bool audit = false;
  std::optional<LoadedPolicy> replaced;  // as it was in force
  std::vector<std::string> absent;       // `if present` hooks that this kernel lacks
  std::vector<std::string> proved;       // the kernel was seen to call the policy's program
  std::vector<std::string> unproved;     // attached; nothing harmless fires them
  std::vector<FilledNote> filled;        // what was looked up on this host
  uint64_t older = 0;                    // processes of which it does not know all ancestors; 0: no rule asks
};

struct LoadOutcome {
  std::vector<LoadedNow> loaded;
  std::vector<Problem> warnings;     // of this host
  std::vector<Problem> afterwards;   // with what was replaced; the new ones are in force
  std::vector<std::string> cleaned;  // policies of which an interrupted command had left something
};

// Checks the host first. Throws Failure; then what was in force before still is, and nothing else.
LoadOutcome loadPolicies(const LoadRequest& request);
// The same for a caller that has checked the host, holds the lock and has removed leftovers.
LoadOutcome loadWithLock(const LoadRequest& request);

}  // namespace lsmpc::runtime
