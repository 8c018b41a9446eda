// `assert`: whether a claim holds for every event, or an event for which it does not.
#pragma once

#include <optional>

#include "compiler/policy/policy.h"

namespace lsmpc::analyze {

struct Counterexample {
  size_t assertion;  // into Policy::assertions
  size_t hook;       // into Assertion::hooks
  std::optional<policy::Test> witness;  // nothing: there is too much to look at
  std::optional<uint32_t> decider;      // of the witness; nothing: no rule decides, and it is permitted
};

// At most one of each hook of each assert.
std::vector<Counterexample> counterexamplesOf(const policy::Policy& policy);

}  // namespace lsmpc::analyze
