// Any number of predicates over one string → one minimal byte DFA whose final states say which predicates hold.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "runtime/match/pattern.h"

namespace lsmpc::match {

// One predicate: holds when any of its patterns matches.
using Predicate = std::vector<Pattern>;

// Each pattern once, in one order: equal predicates are equal element by element.
Predicate canonical(Predicate predicate);

// state 0 is dead (no predicate can hold any more), state 1 the start. transitions[state * classes + byte_class[b]] is the
// next state; accept[state] an index into accept_sets: the sorted ids of the predicates that hold when the string ends
// there. accept_sets[0] is the empty set.
struct Dfa {
  std::array<uint8_t, 256> byte_class{};
  uint32_t classes = 0;
  std::vector<uint32_t> transitions;
  std::vector<uint32_t> accept;
  std::vector<std::vector<uint32_t>> accept_sets;

  uint32_t states() const { return static_cast<uint32_t>(accept.size()); }
  // The predicates that hold for `subject`: what the kernel side computes.
  const std::vector<uint32_t>& run(std::string_view subject) const;
};

struct Budget {
  uint32_t states = 100'000;
  uint32_t table_bytes = 3u << 20;  // one .rodata value on 5.10 holds at most 4 MiB
  bool blames = true;               // which predicate was one too many is looked for; else OverBudget names the last
};

struct OverBudget {
  uint32_t predicate;  // the one whose addition broke the budget
  uint64_t states;     // how far it came
};

struct DfaResult {
  std::optional<Dfa> dfa;
  std::optional<OverBudget> over;
};

DfaResult buildDfa(const std::vector<Predicate>& predicates, Alphabet alphabet, const Budget& budget = {});

}  // namespace lsmpc::match
