// Which rules of a hook can be left out of a question about one of them: no event whose values are all had makes both conditions true. Found in
// the patterns of one text that each must match, without an automaton, and in the numbers and addresses that each must have.
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

// A number in an order that holds for signed ones, or an address.
using Bound = unsigned __int128;
struct Range {
  Bound low, high;  // inclusive
};

// One value that a condition is true only with. A text, and what it must match: one of these, or where one could not be written out anything that
// begins so. Or a number or an address, and where it must be.
struct Need {
  std::string key;
  struct Form {
    std::string beginning;  // of all that it matches
    Items items;
    bool whole = true;  // `items` is all of it
  };
  std::vector<Form> forms;
  std::vector<Range> ranges;  // ascending; of one without forms
};

enum class Kinds : uint8_t { Texts, All };
std::vector<Need> needsOf(const policy::Expr& condition, const policy::HookPolicy& hook, Kinds kinds);
std::vector<std::vector<Need>> needsOfAll(const policy::HookPolicy& hook, Kinds kinds);  // of each rule
bool disjoint(const std::vector<Need>& left, const std::vector<Need>& right);

}  // namespace lsmpc::analyze
