// The event that was found, as a test says it: what rules and claims ask of it, and what a loader would have to fill in.
#pragma once

#include "compiler/analyze/condition.h"

namespace lsmpc::analyze {

// A test of one step, without expectations. `asked`: the conditions that it is about, over `hook`.
policy::Test witnessOf(const Formula& formula, const Event& event, Condition& condition, const policy::HookPolicy& hook,
                       const std::vector<policy::ExprPtr>& asked, uint32_t target);
// Keys of `more` are added that `test`, of the same event, has not: what other conditions ask, over attributes of their own.
void addKeys(policy::Test& test, const policy::Test& more);
// As a test is written: `file_open { path: "/etc/x", uid: 0 }`, with what is assumed of sets and accounts after it.
std::string print(const policy::Test& witness);

}  // namespace lsmpc::analyze
