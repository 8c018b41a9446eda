#include "compiler/plan/matcher_table.h"

#include <algorithm>

namespace lsmpc::plan {
namespace {

constexpr size_t kMaxMatchersPerAlphabet = 4;
constexpr uint32_t kHeaderBytes = 66 * 4;  // sizes and byte classes before the rows

uint32_t tableBytes(const match::Dfa& dfa) { return kHeaderBytes + dfa.states() * (dfa.classes + 1) * 4; }

std::string keyOf(match::Alphabet alphabet, const match::Predicate& predicate) {
  std::string key = alphabet == match::Alphabet::Path ? "p" : "s";
  for (const match::Pattern& p : predicate) key += std::to_string(int(p.kind)) + " " + std::to_string(p.text.size()) + " " + p.text;
  return key;
}

}  // namespace

MatcherTable::Place MatcherTable::add(match::Alphabet alphabet, match::Predicate predicate, uint32_t rule) {
  predicate = match::canonical(std::move(predicate));
  auto [place, added] = known_.emplace(keyOf(alphabet, predicate), static_cast<uint32_t>(entries_.size()));
  if (added) entries_.push_back({alphabet, std::move(predicate), rule});
  return {0, place->second};
}

std::optional<MatcherTable::TooLarge> MatcherTable::build(const match::Budget& budget) {
  places_.assign(entries_.size(), {0, ~0u});
  for (match::Alphabet alphabet : {match::Alphabet::Path, match::Alphabet::String})
    if (auto fault = buildAlphabet(alphabet, budget)) return fault;
  for (decision::Test& test : program_.tests) {
    if (test.op != decision::TestOp::Class) continue;
    Place place = places_[test.predicate];
    test.matcher = place.matcher;
    test.predicate = place.predicate;
  }
  return std::nullopt;
}

std::optional<MatcherTable::TooLarge> MatcherTable::buildAlphabet(match::Alphabet alphabet, const match::Budget& budget) {
  std::vector<bool> used(entries_.size());
  for (const decision::Test& test : program_.tests)
    if (test.op == decision::TestOp::Class) used[test.predicate] = true;
  std::vector<uint32_t> waiting;
  for (uint32_t i = 0; i < entries_.size(); ++i)
    if (used[i] && entries_[i].alphabet == alphabet) waiting.push_back(i);
  match::Budget rest = budget;
  for (size_t group = 0; !waiting.empty(); ++group) {
    std::vector<match::Predicate> predicates;
    for (uint32_t i : waiting) predicates.push_back(entries_[i].predicate);
    match::DfaResult built = match::buildDfa(predicates, alphabet, rest);
    size_t fit = waiting.size();
    if (!built.dfa) {  // what fits stays together; from the culprit on a further automaton
      fit = built.over->predicate;
      if (fit == 0 || group + 1 == kMaxMatchersPerAlphabet) return TooLarge{entries_[waiting[fit]].rule, built.over->states};
      predicates.resize(fit);
      built = match::buildDfa(predicates, alphabet, rest);
      if (!built.dfa) return TooLarge{entries_[waiting[built.over->predicate]].rule, built.over->states};
    }
    auto matcher = static_cast<uint32_t>(program_.matchers.size());
    for (uint32_t p = 0; p < fit; ++p) places_[waiting[p]] = {matcher, p};
    uint32_t bytes = tableBytes(*built.dfa);
    rest.table_bytes -= std::min(rest.table_bytes, bytes);
    program_.matchers.push_back({alphabet, std::move(predicates), std::move(*built.dfa)});
    waiting.erase(waiting.begin(), waiting.begin() + static_cast<ptrdiff_t>(fit));
  }
  return std::nullopt;
}

}  // namespace lsmpc::plan
