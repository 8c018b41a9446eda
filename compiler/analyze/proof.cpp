#include "compiler/analyze/proof.h"

#include <numeric>

#include "compiler/analyze/judged.h"
#include "compiler/analyze/overlap.h"
#include "compiler/analyze/targets.h"
#include "compiler/analyze/witness.h"
#include "compiler/policy/lookup.h"

namespace lsmpc::analyze {
namespace {

constexpr size_t kMostTogether = 200;  // rules that are looked at without asking first which can have to do with the claim

class Proof {
 public:
  Proof(const policy::Policy& policy, const policy::AssertedHook& asserted, bool permits, uint32_t target)
      : policy_(policy),
        asserted_(asserted),
        hook_(policy::hookNamed(policy, asserted.hook.hook.name, asserted.hook.member)),
        permits_(permits),
        target_(target) {}

  // Events whose values are all had come first: they read better, and rules that no such event has to do with can be left out.
  Answer ask(Counterexample& found) {
    Answer near = ask(found, true);
    return near == Answer::No ? ask(found, false) : near;
  }

 private:
  std::vector<size_t> places(bool usual) const {
    std::vector<size_t> places;
    bool all = !usual || hook_->rules.size() <= kMostTogether;
    std::vector<Need> needs = needsOf(*asserted_.condition, asserted_.hook, Kinds::Texts);
    for (size_t place = 0; place < hook_->rules.size(); ++place)
      if (all || !disjoint(needs, needsOf(*hook_->rules[place].condition, *hook_, Kinds::Texts))) places.push_back(place);
    return places;
  }

  Answer ask(Counterexample& found, bool usual) {
    Formula formula;
    Event event(formula, target_);
    Condition first(formula, event, asserted_.hook, 0), second(formula, event, asserted_.hook, 1);
    Truth claim = truthOfSides(formula, first, second, *asserted_.condition, asserted_.hook, false);
    std::optional<Judged> judged;
    if (hook_) judged.emplace(formula, event, policy_, *hook_, places(usual));
    if (!event.define()) return Answer::Unknown;
    Lit refused = judged ? judged->refused() : kFalse;
    std::vector<Lit> assumed = usual ? event.usual() : std::vector<Lit>{};
    assumed.push_back(claim.yes);
    assumed.push_back(permits_ ? refused : -refused);
    Answer answer = formula.solve(assumed);
    if (answer != Answer::Yes) return answer;
    found.witness = witnessOf(formula, event, first, asserted_.hook, {asserted_.condition}, target_);
    if (!judged) return answer;
    std::vector<policy::ExprPtr> asked;
    for (const JudgedRule& rule : judged->rules()) asked.push_back(hook_->rules[rule.place].condition);
    addKeys(*found.witness, witnessOf(formula, event, judged->condition(), *hook_, asked, target_));
    if (const JudgedRule* decider = judged->decider(formula, policy_)) found.decider = hook_->rules[decider->place].rule;
    return answer;
  }

  const policy::Policy& policy_;
  const policy::AssertedHook& asserted_;
  const policy::HookPolicy* hook_;  // null: no rule stands there
  bool permits_;
  uint32_t target_;
};

}  // namespace

std::vector<Counterexample> counterexamplesOf(const policy::Policy& policy) {
  std::vector<Counterexample> all;
  for (size_t i = 0; i < policy.assertions.size(); ++i)
    for (size_t j = 0; j < policy.assertions[i].hooks.size(); ++j) {
      const policy::AssertedHook& asserted = policy.assertions[i].hooks[j];
      const policy::HookPolicy* hook = policy::hookNamed(policy, asserted.hook.hook.name, asserted.hook.member);
      for (uint32_t target : targetsThatDiffer(hook ? *hook : asserted.hook)) {
        Counterexample found{i, j, std::nullopt, std::nullopt};
        if (Proof(policy, asserted, policy.assertions[i].permits, target).ask(found) == Answer::No) continue;
        all.push_back(std::move(found));
        break;
      }
    }
  return all;
}

}  // namespace lsmpc::analyze
