// The automata of all programs as words of the one read-only array `lsmp_tables` (layout: stdlib/bpf/lsmp.h).
#pragma once

#include <cstdint>
#include <vector>

#include "compiler/decision/decision.h"

namespace lsmpc::lower {

class Tables {
 public:
  // Word offset of the automaton, for lsmp_match. `said`: by accept set, what it says in place of the set's id; 0 of the empty set.
  uint32_t automaton(const match::Dfa& dfa, const std::vector<uint32_t>& said = {});
  // Word offset of the rows that say which predicates each accept set holds: bit p % 32 of word p / 32 of a row.
  uint32_t acceptRows(const match::Dfa& dfa, uint32_t predicates);
  static uint32_t rowWords(uint32_t predicates) { return (predicates + 31) / 32; }

  const std::vector<uint32_t>& words() const { return words_; }

 private:
  std::vector<uint32_t> words_;
};

}  // namespace lsmpc::lower
