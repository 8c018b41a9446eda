// let and set: right in themselves, whether a rule uses them or not.
#include "compiler/check/account.h"
#include "compiler/check/definition.h"
#include "compiler/check/expression.h"
#include "compiler/policy/flags.h"
#include "compiler/check/types.h"
#include "runtime/match/suggest.h"
#include "stdlib/constants/constants.h"

namespace lsmpc::check {

using policy::TypeKind;

namespace {

constexpr std::string_view kLetHint = "`let` names a number, a string, an address, flags or a set; conditions stand in rules";

}  // namespace

bool ExpressionChecker::constantOnly(const ast::Expr& expr) { return constantOnly(expr, kLetHint); }

bool ExpressionChecker::constantOnly(const ast::Expr& expr, std::string_view hint) {
  auto both = [&](const ast::Expr& left, const ast::Expr& right) {
    bool first = constantOnly(left, hint);
    return constantOnly(right, hint) && first;
  };
  if (auto* e = std::get_if<ast::Path>(&expr.node)) return constantName(*e, expr.range, hint);
  if (auto* e = std::get_if<ast::Call>(&expr.node); e && isAccount(*e)) return value(expr) != nullptr;
  if (auto* e = std::get_if<ast::SpanExpr>(&expr.node)) return both(*e->low, *e->high);
  if (auto* e = std::get_if<ast::Binary>(&expr.node); e && (e->op == ast::BinaryOp::BitOr || e->op == ast::BinaryOp::BitAnd))
    return both(*e->left, *e->right);
  if (auto* e = std::get_if<ast::SetLiteral>(&expr.node)) {
    bool good = true;
    for (const ast::ExprPtr& element : e->elements) good &= constantOnly(*element, hint);
    return good;
  }
  bool computed = std::holds_alternative<ast::Binary>(expr.node) || std::holds_alternative<ast::Not>(expr.node);
  bool looked_up = std::holds_alternative<ast::Call>(expr.node) || std::holds_alternative<ast::Index>(expr.node) ||
                   std::holds_alternative<ast::Member>(expr.node);
  if (!computed && !looked_up) return true;  // a literal, or what the parser has reported
  emitter_.report(Kind::NotConstant, expr.range, computed ? "a condition" : "a value of the kernel").hint(std::string(hint));
  return false;
}

bool ExpressionChecker::constantName(const ast::Path& path, ast::Range range, std::string_view hint) {
  const std::string& first = path.names.front().text;
  if (first == "arg" || scope_.isAttribute(joined(path.names))) {
    emitter_.report(Kind::NotConstant, range, first == "arg" ? "an argument of a hook" : "an attribute").hint(std::string(hint));
    return false;
  }
  if (path.names.size() == 1) {
    if (letNamed(first) || setNamed(first) || scope_.isPoisoned(first) || policy::isFlagName(first) || constants::find(first)) return true;
    if (targets_.enumerator(first)) return true;
  }
  unknownName(path);
  return false;
}

void ExpressionChecker::checkSet(const ast::SetDeclaration& set) {
  auto* literal = std::get_if<ast::SetLiteral>(&set.value->node);
  if (!literal) return;
  Type type = elementType(set.element_type.text);
  if (set.max) {
    dynamicHolding(set, *literal, set.name.range);
    return;
  }
  Numbers numbers;
  std::vector<ast::Cidr> cidrs;
  std::vector<match::Pattern> patterns;
  const std::string hint = constantHint(set.element_type.text);
  for (const ast::ExprPtr& element : literal->elements) {
    if (!constantOnly(*element, hint)) continue;
    if (type.kind == TypeKind::Int) this->numbers(*element, type, numbers);
    if (type.kind == TypeKind::Ip && !isNetworkInIpSet(*element, set)) this->cidrs(*element, cidrs);
    if (isText(type)) {
      auto kind = set.element_type.text == "glob" ? match::Pattern::Kind::Glob : match::Pattern::Kind::Literal;
      this->patternElement(*element, kind, type, patterns);
    }
  }
}

bool ExpressionChecker::isNetworkInIpSet(const ast::Expr& element, const ast::SetDeclaration& set) {
  const ast::SetDeclaration* other = nullptr;
  if (set.element_type.text != "ip" || !std::holds_alternative<ast::Cidr>(resolved(element, &other).node)) return false;
  emitter_.report(Kind::WrongElement, element.range, "a network", "ip").hint("a set of networks is declared as `cidr`");
  return true;
}

}  // namespace lsmpc::check
