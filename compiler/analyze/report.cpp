#include "compiler/analyze/report.h"

#include <map>

#include "compiler/analyze/proof.h"
#include "compiler/analyze/witness.h"

namespace lsmpc::analyze {
namespace {

using diag::Kind;
using policy::Verdict;

std::string_view doing(Verdict verdict) {
  switch (verdict) {
    case Verdict::Allow: return "allow";
    case Verdict::Deny: return "deny";
    case Verdict::Kill: return "kill";
    default: return "audit";
  }
}

std::string exampleOf(const policy::Test& test, const uint32_t* decider, const Confirm& confirm) {
  std::string wrong = confirm(test, decider);
  return print(test) + (wrong.empty() ? "" : " (not seen on the compiled policy: " + wrong + ")");
}

void reportOne(const policy::Policy& policy, const RuleFate& fate, const Confirm& confirm, diag::Emitter& emitter) {
  const policy::HookPolicy& hook = policy.hooks[fate.hook];
  uint32_t index = hook.rules[fate.place].rule;
  const policy::Rule& rule = policy.rules[index];
  if (fate.fate == Fate::Never) {
    emitter.report(Kind::ConditionImpossible, rule.range, hook.hook.name).hint("leave the rule out, or mend the condition");
    return;
  }
  auto example = [&](const policy::Test& test, uint32_t decider) { return "such as " + exampleOf(test, &decider, confirm); };
  if (!fate.shadowed) {
    emitter.report(Kind::OnlyUnresolved, rule.range, hook.hook.name).hint(example(*fate.witness, index));
    return;
  }
  const policy::Rule& decider = policy.rules[*fate.decider];
  bool opposed = policy::refuses(rule.verdict) != policy::refuses(decider.verdict) && rule.verdict != Verdict::None;
  auto said = opposed ? emitter.report(Kind::RuleContradicted, rule.range, hook.hook.name, doing(decider.verdict), doing(rule.verdict))
                      : emitter.report(Kind::RuleShadowed, rule.range, hook.hook.name);
  said.note(decider.range, fate.one_decider ? "this one" : "this one decides the example");
  said.hint(example(*fate.shadowed, *fate.decider) + (fate.witness ? "; only what is unresolved comes to it" : ""));
}

// What is true of each event on one hook of a rule may well tell events apart on another.
void reportAlways(const policy::Policy& policy, const std::vector<RuleFate>& fates, diag::Emitter& emitter) {
  std::map<uint32_t, bool> always;
  std::map<uint32_t, size_t> hooks;
  for (const RuleFate& fate : fates) {
    uint32_t rule = policy.hooks[fate.hook].rules[fate.place].rule;
    always.emplace(rule, true).first->second &= fate.always;
    hooks[rule] = fate.hook;
  }
  for (const auto& [rule, holds] : always)
    if (holds)
      emitter.report(Kind::ConditionAlways, policy.rules[rule].range, policy.hooks[hooks[rule]].hook.name)
          .hint("leave `when` out, or mend the condition");
}

}  // namespace

void proveAssertions(const policy::Policy& policy, const Confirm& confirm, diag::Emitter& emitter) {
  for (const Counterexample& found : counterexamplesOf(policy)) {
    const policy::Assertion& assertion = policy.assertions[found.assertion];
    const policy::AssertedHook& hook = assertion.hooks[found.hook];
    if (!found.witness) {
      emitter.report(Kind::AssertOpen, assertion.claim_range, assertion.name, hook.hook.hook.name)
          .hint("claim less at once: narrow its `when`, or make several asserts of it");
      continue;
    }
    auto said = emitter.report(Kind::AssertFails, assertion.claim_range, assertion.name, hook.hook.hook.name,
                               assertion.permits ? "refused" : "permitted");
    if (found.decider) said.note(policy.rules[*found.decider].range, "by this rule");
    said.hint((found.decider ? "such as " : "no rule decides ") +
              exampleOf(*found.witness, found.decider ? &*found.decider : nullptr, confirm));
  }
}

void reportFates(const policy::Policy& policy, const std::vector<RuleFate>& fates, const Confirm& confirm, diag::Emitter& emitter) {
  for (const RuleFate& fate : fates)
    if (fate.fate != Fate::Decides && fate.fate != Fate::Undecided) reportOne(policy, fate, confirm, emitter);
  reportAlways(policy, fates, emitter);
}

}  // namespace lsmpc::analyze
