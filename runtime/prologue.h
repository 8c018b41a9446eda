// What each program of a policy does before its own code: it finds out whether it decides (turn.h, gate.h).
#pragma once

#include <linux/bpf.h>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace lsmpc::runtime {

struct PrologueMaps {
  int turn = -1, gate = -1;  // descriptors
};

struct PrologueOf {
  uint64_t generation = 0;
  size_t called = 0, heir = 0;  // its words in the gate
  bool has_older = false;       // the generation in force has a program on that hook, too
};

// Behind it the context is in r1 again; r6 to r9 are used, and no stack.
std::vector<bpf_insn> prologue(const PrologueMaps& maps, const PrologueOf& program);

}  // namespace lsmpc::runtime
