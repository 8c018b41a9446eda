// Fewest states for the same answers.
#pragma once

#include <cstdint>
#include <vector>

namespace lsmpc::match {

// A deterministic automaton with absent moves: what is not listed is dead. State 0 is the start.
struct SparseDfa {
  struct Edge {
    uint32_t from;
    uint32_t label;
    uint32_t to;
  };
  std::vector<Edge> edges;
  std::vector<uint32_t> accept;  // accept set of each state, 0: none
};

// Equal answers for every string, states that can accept nothing removed. The start stays state 0, even when it is dead.
SparseDfa minimise(const SparseDfa& dfa);

}  // namespace lsmpc::match
