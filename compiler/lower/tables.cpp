#include "compiler/lower/tables.h"

namespace lsmpc::lower {
namespace {

constexpr uint32_t kHeaderWords = 1 + 64;  // the start's row, one byte for each byte value
constexpr uint32_t kStart = 1;             // match::Dfa: state 0 is dead

}  // namespace

uint32_t Tables::automaton(const match::Dfa& dfa, const std::vector<uint32_t>& said) {
  auto start = static_cast<uint32_t>(words_.size());
  auto rowOf = [&](uint32_t state) { return start + kHeaderWords + state * (dfa.classes + 1) + 1; };
  words_.push_back(rowOf(kStart));
  auto classOf = [&](size_t byte) { return static_cast<uint32_t>(dfa.byte_class[byte]); };
  for (size_t b = 0; b < 256; b += 4) words_.push_back(classOf(b) | classOf(b + 1) << 8 | classOf(b + 2) << 16 | classOf(b + 3) << 24);
  for (uint32_t state = 0; state < dfa.states(); ++state) {
    words_.push_back(said.empty() ? dfa.accept[state] : said[dfa.accept[state]]);
    for (uint32_t c = 0; c < dfa.classes; ++c) words_.push_back(rowOf(dfa.transitions[state * dfa.classes + c]));
  }
  return start;
}

uint32_t Tables::acceptRows(const match::Dfa& dfa, uint32_t predicates) {
  auto start = static_cast<uint32_t>(words_.size());
  uint32_t width = rowWords(predicates);
  words_.resize(words_.size() + dfa.accept_sets.size() * width);
  for (size_t set = 0; set < dfa.accept_sets.size(); ++set)
    for (uint32_t predicate : dfa.accept_sets[set]) words_[start + set * width + predicate / 32] |= 1u << predicate % 32;
  return start;
}

}  // namespace lsmpc::lower
