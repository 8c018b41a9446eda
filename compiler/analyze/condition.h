// A condition of a policy as a statement about an event.
#pragma once

#include <map>

#include "compiler/analyze/event.h"

namespace lsmpc::analyze {

class Condition {
 public:
  // `side`: which path of `either(a, b)` is looked at.
  Condition(Formula& formula, Event& event, const policy::HookPolicy& hook, size_t side)
      : formula_(formula),
        event_(event),
        hook_(hook),
        side_(side) {}

  Truth truth(const policy::Expr& condition);
  const Value& value(const policy::Expr& expr);

 private:
  Truth test(const policy::Expr& condition);
  Value made(const policy::Expr& expr);
  Value call(const policy::BuiltinCall& call, const policy::Expr& expr);
  Value mapped(const policy::BuiltinCall& call);
  Value chosen(const policy::BuiltinCall& call);
  Truth compare(const policy::Compare& comparison);
  Truth samePointers(const policy::Compare& comparison);
  Truth among(const policy::InDynamic& membership);
  Lit isElement(const Value& value, const policy::Type& type, const std::string& element);
  Lit holds(const policy::Compare& comparison, const Value& left, const Value& right);
  Lit matches(const policy::Matches& matches, const Value& value);
  Lit covers(const ast::Cidr& cidr, const std::vector<Lit>& address);
  // What is absent makes a test false.
  Truth onValue(const Value& value, Lit holds);
  void spread(Value& result, const Value& part);

  Formula& formula_;
  Event& event_;
  const policy::HookPolicy& hook_;
  size_t side_;
  std::map<const policy::Expr*, Value> values_;
  std::map<const policy::Expr*, Truth> truths_;
};

}  // namespace lsmpc::analyze
