// Which rules of two policies over one hook have to be looked at to find where they differ. Rules that both have, in one order, decide alike; a
// difference has to do with one that only one of them has.
#pragma once

#include <vector>

#include "compiler/policy/policy.h"

namespace lsmpc::analyze {

struct Choice {
  std::vector<size_t> old_places, new_places;  // into HookPolicy::rules, ascending
  bool usual_only = false;                     // found with values that are all had only; for others all rules would have to be looked at
};

// None: the hooks are the same. Null: no rule stands there. `sets_differ`: one name may stand for two sets.
std::vector<Choice> choicesOf(const policy::Policy& old_policy, const policy::HookPolicy* old_hook, const policy::Policy& new_policy,
                              const policy::HookPolicy* new_hook, bool sets_differ);

}  // namespace lsmpc::analyze
