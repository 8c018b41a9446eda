#include "compiler/judge/judge.h"

#include "compiler/judge/condition.h"
#include "compiler/policy/children.h"

namespace lsmpc::judge {
namespace {

using policy::Verdict;

// Of two paths: what refuses or audits matches by either, what allows by both.
Truth conditionOf(const policy::HookRule& rule, Verdict verdict, const policy::HookPolicy& hook, const Said& said, const Witness& witness,
                  std::vector<std::string>& unsaid) {
  auto judged = [&](Condition& condition) {
    return witness ? judgeParts(*rule.condition, condition, witness) : condition.judge(*rule.condition);
  };
  Condition first(hook, said, 0), second(hook, said, 1);
  Truth truth = judged(first);
  unsaid.assign(first.unsaid().begin(), first.unsaid().end());
  if (!policy::asksEither(*rule.condition, hook)) return truth;
  Truth other = judged(second);
  unsaid.insert(unsaid.end(), second.unsaid().begin(), second.unsaid().end());
  return verdict == Verdict::Allow ? both(truth, other) : either(truth, other);
}

}  // namespace

const policy::Rule* Judgement::decision(const policy::Policy& policy) const {
  if (matched.empty()) return nullptr;
  const policy::Rule& last = policy.rules[matched.back().rule];
  return last.verdict == Verdict::None ? nullptr : &last;
}

Judgement judgeEvent(const policy::Policy& policy, const policy::HookPolicy& hook, const Said& said, const Witness& witness) {
  Judgement judgement;
  bool opts_out = policy::allowsUnresolved(policy, hook.member);
  for (const policy::HookRule& rule : hook.rules) {
    Verdict verdict = policy.rules[rule.rule].verdict;
    std::vector<std::string> unsaid;
    Truth truth = conditionOf(rule, verdict, hook, said, witness, unsaid);
    if (truth == Truth::Unsaid) {
      judgement.unknown = rule.rule;
      judgement.unsaid = std::move(unsaid);
      return judgement;
    }
    bool certain = verdict == Verdict::Allow || opts_out;
    if (truth != Truth::True && (truth == Truth::False || certain)) continue;
    judgement.matched.push_back({rule.rule, truth == Truth::Unresolved});
    if (verdict != Verdict::None) return judgement;
  }
  return judgement;
}

}  // namespace lsmpc::judge
