#include "compiler/analyze/fate.h"

#include <algorithm>
#include <iterator>
#include <numeric>

#include "compiler/analyze/judged.h"
#include "compiler/analyze/neighbours.h"
#include "compiler/analyze/targets.h"
#include "compiler/analyze/witness.h"

namespace lsmpc::analyze {
namespace {

constexpr size_t kMostTogether = 200;  // rules of a hook that are asked about in one formula

RuleFate nothingSaid(size_t hook, size_t place) { return {hook, place, Fate::Undecided, std::nullopt, std::nullopt, std::nullopt, false, false}; }

std::vector<Lit> joined(std::vector<Lit> lits, Lit lit) {
  lits.push_back(lit);
  return lits;
}

// Rules of a hook in one formula, which is asked about some of them.
class Questions {
 public:
  Questions(const policy::Policy& policy, size_t hook, const std::vector<size_t>& places, uint32_t target,
            Candidates candidates = Candidates::All)
      : policy_(policy),
        hook_(policy.hooks[hook]),
        hook_index_(hook),
        target_(target),
        event_(formula_, target),
        judged_(formula_, event_, policy, hook_, places),
        good_(event_.define(candidates)) {
    for (size_t place : places) asked_.push_back(hook_.rules[place].condition);
  }

  RuleFate fateOf(size_t place, bool example) {
    RuleFate fate = nothingSaid(hook_index_, place);
    if (!good_) return fate;
    const JudgedRule& rule = judged_.at(place);
    Answer usually = decide(rule.decides, event_.usual());
    Answer ever = usually == Answer::No ? unusually(rule.decides) : usually;
    if (ever == Answer::Unknown) return fate;
    if (ever == Answer::Yes) {
      fate.fate = usually == Answer::Yes ? Fate::Decides : Fate::Unresolved;
      if (example || fate.fate == Fate::Unresolved) fate.witness = witness();
      fate.always = hasCondition(place) && formula_.solve({-rule.truth.yes}) == Answer::No;
    }
    if (usually == Answer::No) shadow(rule, fate);
    return fate;
  }

  // Enough of a rule that decides events whose values are all had, and not each.
  bool plainlyDecides(size_t place) {
    if (!good_) return false;
    const JudgedRule& rule = judged_.at(place);
    return decide(rule.decides, event_.usual()) == Answer::Yes &&
           (!hasCondition(place) || formula_.solve({-rule.truth.yes}) == Answer::Yes);
  }

 private:
  bool hasCondition(size_t place) const { return !std::holds_alternative<policy::BoolConst>(hook_.rules[place].condition->node); }
  Answer decide(Lit lit, const std::vector<Lit>& assumed) { return formula_.solve(joined(assumed, lit)); }
  Answer unusually(Lit lit) {
    Answer answer = decide(lit, event_.likely());
    return answer == Answer::No ? decide(lit, {}) : answer;
  }

  // Of a rule that usually decides nothing: what it matches, and who decides that.
  void shadow(const JudgedRule& rule, RuleFate& fate) {
    bool unresolved = fate.fate == Fate::Unresolved;
    Answer matches = decide(rule.matches, event_.usual());
    if (matches == Answer::No && !unresolved) matches = unusually(rule.matches);
    if (!unresolved) fate.fate = matches == Answer::Unknown ? Fate::Undecided : matches == Answer::No ? Fate::Never : Fate::Shadowed;
    if (matches != Answer::Yes) return;
    fate.shadowed = witness();
    const JudgedRule* decider = judged_.decider(formula_, policy_);
    fate.decider = hook_.rules[decider->place].rule;
    fate.one_decider = decide(rule.matches, joined(event_.usual(), -decider->decides)) == Answer::No;
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

// Of the rules of a hook those before each that can have to do with it.
class Near {
 public:
  Near(const policy::HookPolicy& hook, Kinds kinds) : needs_(needsOfAll(hook, kinds)), neighbours_(needs_) {}
  // With itself; `behind`: those after it, too.
  std::vector<size_t> of(size_t place, bool behind = false) const {
    std::vector<size_t> near = neighbours_.before(behind ? needs_.size() : place, needs_[place]);
    if (!std::binary_search(near.begin(), near.end(), place)) near.insert(std::lower_bound(near.begin(), near.end(), place), place);
    return near;
  }

 private:
  std::vector<std::vector<Need>> needs_;
  Neighbours neighbours_;
};

// Each rule with those before it that can have to do with it. Most rules decide one of a few events that their patterns name; where none of those
// is found, or an example is wanted, all are looked at. Where none of a rule's events has all values, nothing is said of it.
void askEach(const policy::Policy& policy, size_t hook, uint32_t target, const Wanted& wanted, std::vector<RuleFate>& fates) {
  const policy::HookPolicy& own = policy.hooks[hook];
  const Near narrow(own, Kinds::All), whole(own, Kinds::Texts);
  for (size_t place = 0; place < own.rules.size(); ++place) {
    if (!wanted.rule(policy.rules[own.rules[place].rule])) continue;
    RuleFate fate = nothingSaid(hook, place);
    bool audits = policy.rules[own.rules[place].rule].verdict == policy::Verdict::None;  // an example goes on to the rules behind it
    if (!wanted.examples && Questions(policy, hook, narrow.of(place), target, Candidates::Some).plainlyDecides(place)) {
      fate.fate = Fate::Decides;
    } else {
      fate = Questions(policy, hook, whole.of(place, audits && wanted.examples), target).fateOf(place, wanted.examples);
      if (fate.fate == Fate::Unresolved) fate = nothingSaid(hook, place);
    }
    fates.push_back(std::move(fate));
  }
}

std::vector<RuleFate> fatesOn(const policy::Policy& policy, size_t hook, uint32_t target, const Wanted& wanted) {
  std::vector<RuleFate> fates;
  size_t count = policy.hooks[hook].rules.size();
  if (count > kMostTogether) return askEach(policy, hook, target, wanted, fates), fates;
  std::vector<size_t> places(count);
  std::iota(places.begin(), places.end(), size_t{0});
  Questions questions(policy, hook, places, target);
  for (size_t place : places)
    if (wanted.rule(policy.rules[policy.hooks[hook].rules[place].rule])) fates.push_back(questions.fateOf(place, wanted.examples));
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

std::vector<RuleFate> fatesOf(const policy::Policy& policy, const Wanted& wanted) {
  std::vector<RuleFate> fates;
  for (size_t hook = 0; hook < policy.hooks.size(); ++hook) {
    std::vector<RuleFate> best;
    for (uint32_t target : targetsThatDiffer(policy.hooks[hook])) {
      std::vector<RuleFate> here = fatesOn(policy, hook, target, wanted);
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
