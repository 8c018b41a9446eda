// Which rules of a hook can be left out of a question about one of them: no event whose values are all had makes both conditions true. Found in
// the patterns of one text that each must match, without an automaton.
#pragma once

#include <string>
#include <vector>

#include "compiler/policy/policy.h"
#include "runtime/match/glob.h"

namespace lsmpc::analyze {

// One byte of a set, or any number of them.
struct Item {
  match::ByteSet set;
  bool many = false;
};
using Items = std::vector<Item>;

// One text that a condition is true only with, and what it must match: one of these, or where one could not be written out anything that begins so.
struct Need {
  std::string key;
  struct Form {
    std::string beginning;  // of all that it matches
    Items items;
    bool whole = true;  // `items` is all of it
  };
  std::vector<Form> forms;
};

std::vector<Need> needsOf(const policy::Expr& condition, const policy::HookPolicy& hook);
bool disjoint(const std::vector<Need>& left, const std::vector<Need>& right);

}  // namespace lsmpc::analyze
