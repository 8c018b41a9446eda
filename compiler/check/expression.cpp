#include "compiler/check/expression.h"

#include "compiler/check/types.h"

namespace lsmpc::check {

using policy::TypeKind;

namespace {

std::string_view comparisonFor(const Type& type) {
  switch (type.kind) {
    case TypeKind::Flags: return "`has …`";
    case TypeKind::Path: return "`~ \"/etc/**\"`";
    case TypeKind::String: return "`== \"…\"`";
    case TypeKind::Ip: return "`in 10.0.0.0/8`";
    case TypeKind::Pointer: return "`!= null`";
    default: return "`== 1`";
  }
}

}  // namespace

std::string ExpressionChecker::describe(const ExprPtr& expr) const {
  auto* number = std::get_if<policy::IntConst>(&expr->node);
  if (number && expr->type.kind == TypeKind::Int && expr->type.name.empty()) return "the number " + policy::decimal(number->value);
  return check::describe(expr->type, targets_);
}

ExprPtr ExpressionChecker::integer(policy::Int number, ast::Range range) {
  Type type{.kind = TypeKind::Int};
  type.is_signed = number < 0;
  return make(type, range, policy::IntConst{number});
}

ExprPtr ExpressionChecker::negate(ExprPtr positive, bool really, ast::Range range) {
  if (!positive || !really) return positive;
  return make({.kind = TypeKind::Bool}, range, policy::Not{std::move(positive)});
}

ExprPtr ExpressionChecker::condition(const ast::Expr& expr) {
  ExprPtr result = value(expr);
  if (!result || result->type.kind == TypeKind::Bool) return result;
  emitter_.report(Kind::NotCondition, expr.range, describe(result)).hint("compare it: " + std::string(comparisonFor(result->type)));
  return nullptr;
}

ExprPtr ExpressionChecker::conditionGiven(const ast::Expr& expr, const std::vector<const ast::Expr*>& given) {
  size_t before = guards_.size();
  for (const ast::Expr* one : given) collectGuards(*one, guards_);
  ExprPtr result = condition(expr);
  guards_.resize(before);
  return result;
}

ExprPtr ExpressionChecker::value(const ast::Expr& expr, const Type* expected) {
  ast::Range range = expr.range;
  if (auto* e = std::get_if<ast::Integer>(&expr.node)) return integer(e->negative ? -policy::Int{e->value} : policy::Int{e->value}, range);
  if (auto* e = std::get_if<ast::String>(&expr.node)) return make({.kind = TypeKind::String}, range, policy::StringConst{e->value});
  if (auto* e = std::get_if<ast::Boolean>(&expr.node)) return make({.kind = TypeKind::Bool}, range, policy::BoolConst{e->value});
  if (std::get_if<ast::Null>(&expr.node)) return make({.kind = TypeKind::Null}, range, policy::IntConst{0});
  if (auto* e = std::get_if<ast::Address>(&expr.node)) return make({.kind = TypeKind::Ip}, range, policy::IpConst{*e});
  if (auto* e = std::get_if<ast::Path>(&expr.node)) return path(*e, range, expected);
  if (auto* e = std::get_if<ast::Index>(&expr.node)) return index(*e, range);
  if (auto* e = std::get_if<ast::Member>(&expr.node)) {
    ExprPtr base = value(*e->base);
    return base ? member(base, e->name, ast::print(*e->base), ast::print(expr)) : nullptr;
  }
  if (auto* e = std::get_if<ast::Call>(&expr.node)) return call(*e, range, expected);
  if (auto* e = std::get_if<ast::Not>(&expr.node)) return negate(condition(*e->operand), true, range);
  if (auto* e = std::get_if<ast::Binary>(&expr.node)) return binary(*e, range, expected);
  if (std::get_if<ast::Poison>(&expr.node)) return nullptr;
  const char* what = std::holds_alternative<ast::Cidr>(expr.node)       ? "a network"
                     : std::holds_alternative<ast::SpanExpr>(expr.node) ? "a range"
                                                                        : "a set";
  emitter_.report(Kind::SetIsNoValue, range, what);
  return nullptr;
}

}  // namespace lsmpc::check
