// `load --protect`: from then on, and up to the last unload, nobody but the program that loaded takes a pin away, unmounts what the pins hang on, or gets hold of a
// policy's map, root neither. It is the host's, not one policy's: all that is loaded is protected by it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace lsmpc::runtime {

struct Protection {
  std::string program;              // who may
  uint64_t refused = 0;             // attempts of others
  std::vector<std::string> faults;  // what is not as it was begun
};

bool isProtected();
// Nothing where there is none. The caller holds the lock.
std::optional<Protection> readProtection();
// Throws Failure Protected where this process is not who may.
void checkPermitted();

// Where there is none: what is pinned now is protected, by this program. Throws Failure ProtectFailed; then nothing has changed.
void beginProtection();
// Where there is a protection: what was pinned since belongs to it, and what is gone does not. Throws Failure ProtectFailed.
void extendProtection();
// The same for one map that is not pinned.
void extendProtection(int map);
void endProtection();
// Ends one that protects nothing any more, or that a killed loader has left in part.
void endIdleProtection();

}  // namespace lsmpc::runtime
