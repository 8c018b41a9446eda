// Where two policies treat an event differently, hook by hook, each with such an event.
#pragma once

#include <optional>
#include <string>

#include "compiler/policy/policy.h"

namespace lsmpc::analyze {

enum class Change : uint8_t {
  Looser,    // the new one permits what the old one refused
  Stricter,  // the new one refuses what the old one permitted
  Answer,    // both refuse, with another errno or signal
  Record,    // what is recorded of it differs: a message, whether there is an event
};
constexpr Change kChanges[] = {Change::Looser, Change::Stricter, Change::Answer, Change::Record};

// What one policy does with the event: the rule that decides, or nothing where none does.
struct Done {
  std::optional<uint32_t> rule;
};

struct Difference {
  std::string hook;
  Change change;
  policy::Test witness;
  Done old_done, new_done;
  bool unresolved = false;  // only where something is not to be had
};
struct Comparison {
  std::vector<Difference> differences;  // at most one of each change of each hook
  std::vector<std::string> undecided;   // hooks of which it could not be said, and what
  std::vector<std::string> hooks;       // of either policy
};

Comparison comparePolicies(const policy::Policy& old_policy, const policy::Policy& new_policy);

}  // namespace lsmpc::analyze
