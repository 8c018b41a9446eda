// Whether the compiled policy, on a simulated host, does what was found by reasoning.
#pragma once

#include <deque>
#include <functional>
#include <optional>
#include <string>

#include "compiler/analyze/report.h"
#include "compiler/driver/subject.h"

namespace lsmpc::driver {

class Simulated {
 public:
  // `targets` outlives it.
  Simulated(Subject subject, const btf::TargetSet& targets);

  // "" where the event of this test (one step, nothing expected) is decided by that rule, or recorded by one that only audits; null: by none.
  // Of a bundle: as far as the test's member goes. Else what came of it.
  std::string refuted(policy::Test test, const uint32_t* rule);

 private:
  Subject subject_;
  const btf::TargetSet* targets_;
  std::deque<relocate::Names> types_;  // of the targets
};

// The same for who may find nothing: the object, of this policy, is made and read for the first event. Both outlive it.
analyze::Confirm confirming(const policy::Policy& policy, const btf::TargetSet& targets,
                            std::function<std::optional<std::string>()> object);

}  // namespace lsmpc::driver
