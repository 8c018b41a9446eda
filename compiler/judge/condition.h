// One condition, judged by its text: a plain walk over the typed expression, which shares nothing with plan, match, lower and simulate.
#pragma once

#include <set>
#include <string>

#include "compiler/judge/said.h"

namespace lsmpc::judge {

class Condition {
 public:
  // `side`: which path of `either(a, b)` is looked at.
  Condition(const policy::HookPolicy& hook, const Said& said, size_t side) : hook_(hook), said_(said), side_(side) {}

  Truth judge(const policy::Expr& condition);
  Value value(const policy::Expr& expr);
  // What was asked for and not said, as it is written.
  const std::set<std::string>& unsaid() const { return unsaid_; }

 private:
  Value stored(const policy::Expr& expr);
  Value call(const policy::BuiltinCall& call, const policy::Expr& expr);
  Value mapped(const policy::BuiltinCall& call);
  Truth compare(const policy::Compare& comparison);
  Truth among(const policy::InDynamic& membership);
  template <typename Holds>
  Truth onValue(const policy::Expr& expr, Holds holds);

  const policy::HookPolicy& hook_;
  const Said& said_;
  size_t side_;
  std::set<std::string> unsaid_;
};

}  // namespace lsmpc::judge
