// What becomes of each rule, with an event that shows it and was tried on the compiled policy.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/analyze/fate.h"
#include "compiler/driver/confirm.h"

namespace lsmpc::driver {

struct FateText {
  std::string_view word, text;
};
const FateText& textOf(analyze::Fate fate);

// One rule on one hook.
struct Example {
  const analyze::RuleFate* fate;
  const policy::HookPolicy* hook;
  const policy::Rule* rule;
  const policy::Test* event;  // that it decides, or else that another one does; null: there is none
  const uint32_t* decider;    // of the event, into Policy::rules
  std::string refuted;        // why the compiled policy does otherwise, or ""
};

// Of each fate, in their order. They and the policy outlive it.
std::vector<Example> examplesOf(const policy::Policy& policy, const std::vector<analyze::RuleFate>& fates, Simulated& simulated);

}  // namespace lsmpc::driver
