// The gate of a generation: one word that its programs read first, in instructions that the loader puts before the object's own.
// Closed while hooks are attached and pinned one after the other; then one store puts the whole policy in force, so a loader
// killed at any point leaves the old policy or the new one, never a part.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "runtime/descriptor.h"

struct bpf_object;

namespace lsmpc::runtime {

constexpr uint64_t kGateClosed = 0, kGateOpen = 1;  // any other value: open for the process with that id alone

class Gate {
 public:
  // `programs` in the order of the manifest's hooks. Throws Failure LoadFailed; `path` is the object's, for that message.
  Gate(std::vector<std::string> programs, const std::string& path);
  int fd() const { return map_.get(); }
  // Loads the object with the gate in each of its programs; bpf_object__load's result.
  int load(bpf_object* object);
  // Hooks whose programs the kernel has called for the process that the gate was open for.
  std::vector<bool> called() const;

 private:
  std::vector<std::string> programs_;
  Descriptor map_;
};

// Programs in section `lsm/HOOK` get the gate of the load that runs. To be called before an object is opened.
void registerGate();

bool setGate(int map, uint64_t word);
// False where the map cannot be read.
bool readGate(int map, uint64_t& word);

}  // namespace lsmpc::runtime
