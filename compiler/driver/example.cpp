#include "compiler/driver/example.h"

namespace lsmpc::driver {
namespace {

constexpr FateText kTexts[] = {{"decides", "decides this event"},
                               {"unresolved", "decides only events of which something that it asks for is not to be had"},
                               {"shadowed", "decides nothing: rules before it decide all that it matches"},
                               {"never", "matches nothing"},
                               {"undecided", "could not be decided: there is too much to look at"}};

}  // namespace

const FateText& textOf(analyze::Fate fate) { return kTexts[static_cast<size_t>(fate)]; }

std::vector<Example> examplesOf(const policy::Policy& policy, const std::vector<analyze::RuleFate>& fates, Simulated& simulated) {
  std::vector<Example> examples;
  for (const analyze::RuleFate& fate : fates) {
    const policy::HookPolicy& hook = policy.hooks[fate.hook];
    const uint32_t& rule = hook.rules[fate.place].rule;
    const policy::Test* event = fate.witness ? &*fate.witness : fate.shadowed ? &*fate.shadowed : nullptr;
    const uint32_t* decider = fate.witness ? &rule : fate.decider ? &*fate.decider : nullptr;
    examples.push_back({&fate, &hook, &policy.rules[rule], event, decider, event ? simulated.refuted(*event, decider) : ""});
  }
  return examples;
}

}  // namespace lsmpc::driver
