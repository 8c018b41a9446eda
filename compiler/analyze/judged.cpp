#include "compiler/analyze/judged.h"

#include <algorithm>

#include "compiler/policy/children.h"

namespace lsmpc::analyze {

using policy::Verdict;

Truth truthOfSides(Formula& formula, Condition& first, Condition& second, const policy::Expr& condition, const policy::HookPolicy& hook,
                   bool all) {
  Truth one = first.truth(condition);
  if (!policy::asksEither(condition, hook)) return one;
  Truth other = second.truth(condition);
  if (all) return {formula.both(one.yes, other.yes), formula.either(one.no, other.no)};
  return {formula.either(one.yes, other.yes), formula.both(one.no, other.no)};
}

Judged::Judged(Formula& formula, Event& event, const policy::Policy& policy, const policy::HookPolicy& hook,
               const std::vector<size_t>& places)
    : hook_(&hook) {
  for (size_t side : {0, 1}) sides_[side] = std::make_unique<Condition>(formula, event, hook, side);
  bool opts_out = policy::allowsUnresolved(policy, hook.member);
  Lit open = kTrue;
  for (size_t place : places) {
    Verdict verdict = policy.rules[hook.rules[place].rule].verdict;
    bool allows = verdict == Verdict::Allow;
    Truth truth = truthOfSides(formula, *sides_[0], *sides_[1], *hook.rules[place].condition, hook, allows);
    Lit matches = allows || opts_out ? truth.yes : -truth.no;
    Lit decides = formula.both(open, matches);
    rules_.push_back({place, truth, matches, decides});
    if (verdict == Verdict::None) continue;
    if (policy::refuses(verdict)) refused_ = formula.either(refused_, decides);
    open = formula.both(open, -matches);
  }
}

const JudgedRule& Judged::at(size_t place) const {
  return *std::find_if(rules_.begin(), rules_.end(), [&](const JudgedRule& one) { return one.place == place; });
}

const JudgedRule* Judged::decider(const Formula& formula, const policy::Policy& policy) const {
  for (const JudgedRule& one : rules_)
    if (policy.rules[hook_->rules[one.place].rule].verdict != Verdict::None && formula.holds(one.decides)) return &one;
  return nullptr;
}

}  // namespace lsmpc::analyze
