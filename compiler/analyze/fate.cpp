#include "compiler/analyze/fate.h"

#include <iterator>
#include <numeric>

#include "compiler/analyze/judged.h"
#include "compiler/analyze/overlap.h"
#include "compiler/analyze/targets.h"
#include "compiler/analyze/witness.h"

namespace lsmpc::analyze {
namespace {

constexpr size_t kMostTogether = 200;  // rules of a hook that are asked about in one formula

// Rules of a hook in one formula, which is asked about some of them.
class Questions {
 public:
  Questions(const policy::Policy& policy, size_t hook, const std::vector<size_t>& places, uint32_t target)
      : policy_(policy),
        hook_(policy.hooks[hook]),
        hook_index_(hook),
        target_(target),
        event_(formula_, target),
        judged_(formula_, event_, policy, hook_, places),
        good_(event_.define()) {
    for (size_t place : places) asked_.push_back(hook_.rules[place].condition);
  }

  RuleFate fateOf(size_t place) {
    RuleFate fate{hook_index_, place, Fate::Undecided, std::nullopt, std::nullopt, false, false};
    if (!good_) return fate;
    const JudgedRule& rule = judged_.at(place);
    std::vector<Lit> usual = event_.usual();
    Answer decides = decide(rule.decides, usual);
    fate.fate = decides == Answer::No ? Fate::Unresolved : Fate::Decides;
    if (decides == Answer::No) decides = decide(rule.decides, event_.likely());
    if (decides == Answer::No) decides = decide(rule.decides, {});
    if (decides == Answer::Unknown) return fate.fate = Fate::Undecided, fate;
    if (decides == Answer::Yes) {
      fate.witness = witness();
      bool has_condition = !std::holds_alternative<policy::BoolConst>(hook_.rules[place].condition->node);
      fate.always = has_condition && formula_.solve({-rule.truth.yes}) == Answer::No;
      return fate;
    }
    return shadowed(rule, usual, fate);
  }

 private:
  Answer decide(Lit lit, std::vector<Lit> assumed) {
    assumed.push_back(lit);
    return formula_.solve(assumed);
  }

  RuleFate shadowed(const JudgedRule& rule, const std::vector<Lit>& usual, RuleFate fate) {
    Answer matches = decide(rule.matches, usual);
    if (matches == Answer::No) matches = decide(rule.matches, event_.likely());
    if (matches == Answer::No) matches = decide(rule.matches, {});
    if (matches != Answer::Yes) return fate.fate = matches == Answer::No ? Fate::Never : Fate::Undecided, fate;
    fate.fate = Fate::Shadowed;
    fate.witness = witness();
    const JudgedRule* decider = judged_.decider(formula_, policy_);
    fate.decider = hook_.rules[decider->place].rule;
    fate.one_decider = formula_.solve({rule.matches, -decider->decides}) == Answer::No;
    return fate;
  }

  policy::Test witness() { return witnessOf(formula_, event_, judged_.condition(), hook_, asked_, target_); }

  const policy::Policy& policy_;
  const policy::HookPolicy& hook_;
  size_t hook_index_;
  uint32_t target_;
  Formula formula_;
  Event event_;
  Judged judged_;
  std::vector<policy::ExprPtr> asked_;
  bool good_;
};

// Each rule with those before it that can have to do with it. Where none of its events has all values, nothing is said of it.
void askEach(const policy::Policy& policy, size_t hook, uint32_t target, std::vector<RuleFate>& fates) {
  const std::vector<policy::HookRule>& rules = policy.hooks[hook].rules;
  std::vector<std::vector<Need>> needs;
  for (const policy::HookRule& rule : rules) needs.push_back(needsOf(*rule.condition, policy.hooks[hook]));
  for (size_t place = 0; place < rules.size(); ++place) {
    std::vector<size_t> near;
    for (size_t before = 0; before < place; ++before)
      if (!disjoint(needs[before], needs[place])) near.push_back(before);
    near.push_back(place);
    RuleFate fate = Questions(policy, hook, near, target).fateOf(place);
    if (fate.fate == Fate::Unresolved) fate = {hook, place, Fate::Undecided, std::nullopt, std::nullopt, false, false};
    fates.push_back(std::move(fate));
  }
}

std::vector<RuleFate> fatesOn(const policy::Policy& policy, size_t hook, uint32_t target) {
  std::vector<RuleFate> fates;
  size_t count = policy.hooks[hook].rules.size();
  if (count > kMostTogether) return askEach(policy, hook, target, fates), fates;
  std::vector<size_t> places(count);
  std::iota(places.begin(), places.end(), size_t{0});
  Questions questions(policy, hook, places, target);
  for (size_t place : places) fates.push_back(questions.fateOf(place));
  return fates;
}

// What is better for a rule: to decide, and where it does not, to be undecided.
int worthOf(const RuleFate& fate) {
  switch (fate.fate) {
    case Fate::Decides: return 4;
    case Fate::Unresolved: return 3;
    case Fate::Undecided: return 2;
    case Fate::Shadowed: return 1;
    default: return 0;
  }
}

}  // namespace

std::vector<RuleFate> fatesOf(const policy::Policy& policy) {
  std::vector<RuleFate> fates;
  for (size_t hook = 0; hook < policy.hooks.size(); ++hook) {
    std::vector<RuleFate> best;
    for (uint32_t target : targetsThatDiffer(policy.hooks[hook])) {
      std::vector<RuleFate> here = fatesOn(policy, hook, target);
      if (best.empty()) best = std::move(here);
      else
        for (size_t i = 0; i < best.size(); ++i) {
          bool always = best[i].always && here[i].always;
          if (worthOf(here[i]) > worthOf(best[i])) best[i] = std::move(here[i]);
          best[i].always = always;
        }
    }
    std::move(best.begin(), best.end(), std::back_inserter(fates));
  }
  return fates;
}

}  // namespace lsmpc::analyze
