// Which rules of a hook can be left out of a question about one of them: no event whose values are all had makes both conditions true. Found in
// the patterns of one text that each must match, without an automaton.
#pragma once

#include <string>
#include <vector>

#include "compiler/policy/policy.h"

namespace lsmpc::analyze {

// One text that a condition is true only with, and what it must match.
struct Need {
  std::string key;
  match::Alphabet alphabet;
  const std::vector<match::Pattern>* patterns;
  std::vector<std::string> beginnings;  // of each pattern: all that it matches begins so
};

std::vector<Need> needsOf(const policy::Expr& condition, const policy::HookPolicy& hook);
bool disjoint(const std::vector<Need>& left, const std::vector<Need>& right);

}  // namespace lsmpc::analyze
