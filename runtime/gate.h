// The gate of a generation: what its programs read first, in instructions that the loader puts before the object's own. They go on where it is their
// generation's turn (turn.h). Where it is not yet, they go on for the one process that rehearses it, and permit for all others: so a loader that is killed at any
// point leaves the old policy or the new one, never a part. Where it is a newer one's, they go on for calls that the newer one has not decided.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "runtime/descriptor.h"
#include "runtime/turn.h"

struct bpf_object;

namespace lsmpc::runtime {

constexpr uint64_t kGateClosed = 0;  // any other value: open for the process with that id

struct GatedProgram {
  std::string name;
  bool has_older = false;  // the generation in force has one on its hook, too
};

// The map's words: whom it is open for; of each program, whether the kernel was seen to call it; of each, the newer generation with a program on its hook.
constexpr size_t calledWord(size_t slot) { return 1 + slot; }
constexpr size_t heirWord(size_t slot, size_t programs) { return 1 + programs + slot; }

class Gate {
 public:
  // `programs` in the order of the manifest's hooks; `turn` is the policy's, and must live as long. Throws Failure HostRefuses; `path` is the object's, for that message.
  Gate(std::vector<GatedProgram> programs, const Turn& turn, uint64_t generation, const std::string& path);
  int fd() const { return map_.get(); }
  // Loads the object with the gate in each of its programs; bpf_object__load's result.
  int load(bpf_object* object);
  // Hooks whose programs the kernel has called for the process that the gate was open for.
  std::vector<bool> called() const;

 private:
  std::vector<GatedProgram> programs_;
  int turn_;
  uint64_t generation_;
  Descriptor map_;
};

// Programs in section `lsm/HOOK` get the gate of the load that runs. To be called before an object is opened.
void registerGate();

bool setGate(int map, uint64_t word);
// `shared`, of each of the gate's programs: whether generation `heir` has one on its hook; empty: all have. False where the map is not like that.
bool setHeirs(int map, std::vector<bool> shared, uint64_t heir);
// False where the map cannot be read.
bool readGate(int map, uint64_t& word);

}  // namespace lsmpc::runtime
