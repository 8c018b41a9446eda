// Policies by hand: what check would make of a file, for the tests of plan.
#pragma once

#include "compiler/policy/policy.h"

namespace lsmpc::policy {

inline ExprPtr make(TypeKind kind, decltype(Expr::node) node) {
  auto expr = std::make_shared<Expr>();
  expr->type.kind = kind;
  expr->node = std::move(node);
  return expr;
}
inline ExprPtr truth(bool value) { return make(TypeKind::Bool, BoolConst{value}); }
inline ExprPtr number(int value) { return make(TypeKind::Int, IntConst{value}); }
inline ExprPtr text(std::string value) { return make(TypeKind::String, StringConst{std::move(value)}); }
inline ExprPtr argument(std::string name) { return make(TypeKind::Int, Argument{std::move(name)}); }
inline ExprPtr pointer(std::string name) { return make(TypeKind::Pointer, Argument{std::move(name)}); }
inline ExprPtr attribute(TypeKind kind, uint32_t index) { return make(kind, AttributeRef{index}); }
inline ExprPtr call(TypeKind kind, Builtin builtin, std::vector<ExprPtr> arguments) {
  return make(kind, BuiltinCall{builtin, std::move(arguments)});
}
inline ExprPtr both(ExprPtr a, ExprPtr b) { return make(TypeKind::Bool, Logic{true, std::move(a), std::move(b)}); }
inline ExprPtr either(ExprPtr a, ExprPtr b) { return make(TypeKind::Bool, Logic{false, std::move(a), std::move(b)}); }
inline ExprPtr negation(ExprPtr a) { return make(TypeKind::Bool, Not{std::move(a)}); }
inline ExprPtr equal(ExprPtr a, ExprPtr b) { return make(TypeKind::Bool, Compare{ast::BinaryOp::Equal, std::move(a), std::move(b)}); }
inline ExprPtr globs(ExprPtr value, std::vector<std::string> patterns) {
  Matches node{std::move(value), {}};
  for (std::string& p : patterns) node.patterns.push_back({match::Pattern::Kind::Glob, std::move(p)});
  return make(TypeKind::Bool, std::move(node));
}

// One hook; every added rule has a line and a place of its own.
struct OneHook {
  Policy policy;

  explicit OneHook(std::string hook) {
    policy.name = "by_hand";
    policy.hooks.emplace_back();
    policy.hooks[0].hook.name = std::move(hook);
  }
  HookPolicy& hook() { return policy.hooks[0]; }
  uint32_t add(std::string name, TypeKind kind, ExprPtr value) {
    Type type;
    type.kind = kind;
    hook().attributes.push_back({std::move(name), type, std::move(value)});
    return static_cast<uint32_t>(hook().attributes.size() - 1);
  }
  void rule(Verdict verdict, ExprPtr condition) {
    auto index = static_cast<uint32_t>(policy.rules.size());
    Rule rule;
    rule.verdict = verdict;
    rule.line = index + 1;
    rule.range = {0, index * 10, index * 10 + 5};
    if (verdict == Verdict::Deny) rule.errno_value = 1, rule.errno_name = "EPERM";
    policy.rules.push_back(std::move(rule));
    hook().rules.push_back({index, std::move(condition)});
  }
};

}  // namespace lsmpc::policy
