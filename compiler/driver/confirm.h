// Whether the compiled policy, on a simulated host, does what was found by reasoning.
#pragma once

#include <deque>
#include <optional>
#include <string>

#include "compiler/btf/target_set.h"
#include "compiler/exercise/exercise.h"
#include "compiler/object/object.h"
#include "compiler/policy/policy.h"

namespace lsmpc::driver {

class Simulated {
 public:
  // Nothing where the policy does not compile: the emitter says why.
  static std::optional<Simulated> of(policy::Policy policy, const btf::TargetSet& targets, diag::Emitter& emitter);
  static std::optional<Simulated> of(policy::Policy policy, const std::string& bytes, const btf::TargetSet& targets, diag::Emitter& emitter);

  // "" where the event of this test (one step, nothing expected) is decided by that rule, or recorded by one that only audits; null: by none.
  // Else what came of it.
  std::string refuted(policy::Test test, const uint32_t* rule);

 private:
  Simulated(policy::Policy policy, object::Object object, exercise::Slots slots, const btf::TargetSet& targets);

  policy::Policy policy_;
  object::Object object_;
  exercise::Slots slots_;
  const btf::TargetSet* targets_;
  std::deque<relocate::Names> types_;  // of the targets
};

}  // namespace lsmpc::driver
