// The string predicates of one hook: equal ones are one, then all of an alphabet become one automaton, or a few where
// one would be too large.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "compiler/decision/decision.h"

namespace lsmpc::plan {

class MatcherTable {
 public:
  struct Place {
    uint32_t matcher;
    uint32_t predicate;
  };
  struct TooLarge {
    uint32_t rule;  // the rule that brought the predicate
    uint64_t states;
  };

  explicit MatcherTable(decision::Program& program) : program_(program) {}

  // `rule`: into Policy::rules, to blame when the automaton grows too large.
  Place add(match::Alphabet alphabet, match::Predicate predicate, uint32_t rule);
  // Before build: what a Class test asks for.
  const match::Predicate& patternsOf(const decision::Test& test) const { return entries_[test.predicate].predicate; }
  // After the last add and after unused tests are gone: drops unused predicates, builds the automata, places the tests.
  std::optional<TooLarge> build(const match::Budget& budget);

 private:
  struct Entry {
    match::Alphabet alphabet;
    match::Predicate predicate;
    uint32_t rule;
  };
  std::optional<TooLarge> buildAlphabet(match::Alphabet alphabet, const match::Budget& budget);

  decision::Program& program_;
  std::vector<Entry> entries_;  // Place::predicate while rules are read; Place::matcher is 0
  std::unordered_map<std::string, uint32_t> known_;
  std::vector<Place> places_;  // of each entry, after build
};

}  // namespace lsmpc::plan
