// What each program of a policy does before its own code: it finds out whether it decides (turn.h, gate.h).
#pragma once

#include <linux/bpf.h>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace lsmpc::runtime {

struct PrologueMaps {
  int turn = -1, marks = -1, gate = -1;  // descriptors
};

// Of the program whose place in the gate is `slot`; `has_older`: the generation in force has a program on that hook, too. Behind it the context is in r1 again;
// r6 to r8 and 16 bytes of stack are used.
std::vector<bpf_insn> prologue(const PrologueMaps& maps, uint64_t generation, size_t slot, bool has_older);

}  // namespace lsmpc::runtime
