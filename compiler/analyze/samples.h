// A few texts that patterns match, found without an automaton: what holds of one of them holds of some text, what holds of none may still.
#pragma once

#include <string>
#include <vector>

#include "compiler/match/dfa.h"

namespace lsmpc::analyze {

struct Sample {
  std::string text;
  std::vector<uint32_t> accepted;  // the predicates that it makes true, ascending
};

// Of the last predicates more than of those before.
std::vector<Sample> samplesOf(const std::vector<match::Predicate>& predicates, match::Alphabet alphabet);

}  // namespace lsmpc::analyze
