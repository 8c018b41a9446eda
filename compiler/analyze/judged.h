// The rules of one hook as statements about an event: which match, which decides.
#pragma once

#include <memory>
#include <vector>

#include "compiler/analyze/condition.h"

namespace lsmpc::analyze {

struct JudgedRule {
  size_t place;  // into HookPolicy::rules
  Truth truth;   // of its condition; of two paths as its verdict takes them
  Lit matches;   // whether it is reached or not
  Lit decides;   // of a rule that only audits: it records
};

class Judged {
 public:
  // `places`: of the hook's rules those that are looked at, ascending. All outlive it.
  Judged(Formula& formula, Event& event, const policy::Policy& policy, const policy::HookPolicy& hook, const std::vector<size_t>& places);
  Judged(Judged&&) = default;

  const std::vector<JudgedRule>& rules() const { return rules_; }
  const JudgedRule& at(size_t place) const;
  Lit refused() const { return refused_; }
  // Which rule decides in the event that was found; null: none.
  const JudgedRule* decider(const Formula& formula, const policy::Policy& policy) const;
  const policy::HookPolicy& hook() const { return *hook_; }
  Condition& condition() { return *sides_[0]; }

 private:
  const policy::HookPolicy* hook_;
  std::unique_ptr<Condition> sides_[2];
  std::vector<JudgedRule> rules_;
  Lit refused_ = kFalse;
};

// A condition that is judged once a path: `all` by both, else by one of them.
Truth truthOfSides(Formula& formula, Condition& first, Condition& second, const policy::Expr& condition, const policy::HookPolicy& hook,
                   bool all);

}  // namespace lsmpc::analyze
