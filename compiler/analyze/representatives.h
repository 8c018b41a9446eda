// For each kind of text that an automaton tells apart the shortest ones of it.
#pragma once

#include <string>
#include <vector>

#include "compiler/match/dfa.h"

namespace lsmpc::analyze {

struct Representative {
  std::string text;
  uint32_t accept_set;  // of the automaton
};

// At most `most` of each kind, none longer than `length` bytes or with a NUL byte; readable bytes where there is a choice.
std::vector<Representative> representativesOf(const match::Dfa& dfa, size_t most, size_t length);

}  // namespace lsmpc::analyze
