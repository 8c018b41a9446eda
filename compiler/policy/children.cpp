#include "compiler/policy/children.h"

namespace lsmpc::policy {
namespace {

struct Children {
  using Result = std::vector<ExprPtr>;
  template <typename Leaf>
  Result operator()(const Leaf&) const {
    return {};
  }
  Result operator()(const Field& e) const { return {e.base}; }
  Result operator()(const BuiltinCall& e) const { return e.arguments; }
  Result operator()(const Not& e) const { return {e.operand}; }
  Result operator()(const Logic& e) const { return {e.left, e.right}; }
  Result operator()(const Compare& e) const { return {e.left, e.right}; }
  Result operator()(const Bits& e) const { return {e.left, e.right}; }
  Result operator()(const InIntervals& e) const { return {e.value}; }
  Result operator()(const InCidrs& e) const { return {e.value}; }
  Result operator()(const InDynamic& e) const { return {e.value}; }
  Result operator()(const Matches& e) const { return {e.value}; }
  Result operator()(const Has& e) const { return {e.value}; }
  Result operator()(const IsNull& e) const { return {e.value}; }
};

}  // namespace

std::vector<ExprPtr> childrenOf(const Expr& expr) { return std::visit(Children{}, expr.node); }

bool asksEither(const Expr& expr, const HookPolicy& hook) {
  if (auto* attribute = std::get_if<AttributeRef>(&expr.node)) return asksEither(*hook.attributes[attribute->index].value, hook);
  if (auto* call = std::get_if<BuiltinCall>(&expr.node); call && call->builtin == Builtin::Either) return true;
  for (const ExprPtr& child : childrenOf(expr))
    if (asksEither(*child, hook)) return true;
  return false;
}

}  // namespace lsmpc::policy
