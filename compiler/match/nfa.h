// All predicates over one string as one nondeterministic automaton on byte classes.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "compiler/match/dfa.h"

namespace lsmpc::match {

constexpr uint32_t kNone = ~0u;

// At most one edge, on any of a set of byte classes, and moves that take no byte.
struct NfaState {
  uint32_t set = kNone;  // into Nfa::sets
  uint32_t to = kNone;
  std::vector<uint32_t> free;
  uint32_t predicate = kNone;  // holds when the string ends here
};

struct Nfa {
  std::array<uint8_t, 256> byte_class{};
  uint32_t classes = 0;
  std::vector<std::vector<uint8_t>> sets;  // byte classes of each edge set, ascending
  std::vector<NfaState> states;            // state 0 is the start

  // The states with an edge or a predicate that `state` reaches without a byte, appended to `out`.
  void closure(uint32_t state, std::vector<uint32_t>& out) const;
};

Nfa buildNfa(const std::vector<Predicate>& predicates, Alphabet alphabet);

}  // namespace lsmpc::match
