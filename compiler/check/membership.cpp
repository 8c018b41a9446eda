// in, not in: ranges, networks, sets written out or declared.
#include <algorithm>

#include "compiler/check/account.h"
#include "compiler/check/definition.h"
#include "compiler/check/expression.h"
#include "compiler/check/types.h"

namespace lsmpc::check {

using ast::BinaryOp;
using policy::Interval;
using policy::TypeKind;

namespace {

std::vector<Interval> merged(std::vector<Interval> intervals) {
  std::sort(intervals.begin(), intervals.end(), [](const Interval& a, const Interval& b) { return a.low < b.low; });
  std::vector<Interval> result;
  for (const Interval& next : intervals) {
    if (!result.empty() && next.low <= result.back().high + 1)
      result.back().high = std::max(result.back().high, next.high);
    else
      result.push_back(next);
  }
  return result;
}

// Whether elements of a declared set can be compared with a value.
bool fits(const std::string& element, const Type& type) {
  if (element == "path") return type.kind == TypeKind::Path;
  if (element == "glob" || element == "string") return isText(type);
  if (element == "ip" || element == "cidr") return type.kind == TypeKind::Ip;
  return isInteger(type) && (element == "int" || type.name.empty() || type.name == element);
}

// What a set for such values would be declared as.
std::string elementTypeOf(const Type& type) {
  if (type.kind == TypeKind::Path) return "path";
  if (isText(type)) return "string";
  if (type.kind == TypeKind::Ip) return "cidr";
  return type.name.empty() ? "int" : type.name;
}

}  // namespace

const ast::Expr& ExpressionChecker::resolved(const ast::Expr& expr, const ast::SetDeclaration** set) const {
  const ast::Expr* at = &expr;
  while (auto* path = std::get_if<ast::Path>(&at->node)) {
    if (path->names.size() != 1) break;
    if (const ast::Let* let = letNamed(path->names[0].text); let && let->value.get() != at) {
      at = let->value.get();
    } else if (const ast::SetDeclaration* found = setNamed(path->names[0].text)) {
      *set = found;
      return *found->value;
    } else {
      break;
    }
  }
  return *at;
}

ExprPtr ExpressionChecker::in(const ast::Binary& binary, ast::Range range) {
  ExprPtr left = text(value(*binary.left));
  if (!left) return nullptr;
  bool negated = binary.op == BinaryOp::NotIn;
  const ast::SetDeclaration* set = nullptr;
  const ast::Expr& right = resolved(*binary.right, &set);
  if (set && !fits(set->element_type.text, left->type)) {
    emitter_.report(Kind::TypeMismatch, binary.op_range, ast::spelling(binary.op), describe(left), "a set of " + set->element_type.text)
        .note(set->name.range, "declared here");
    return nullptr;
  }
  if (set && set->max) {
    auto* first = std::get_if<ast::SetLiteral>(&right.node);
    auto dynamic = first ? dynamicSet(*set, *first, left->type) : nullptr;
    return dynamic ? negate(make({.kind = TypeKind::Bool}, range, policy::InDynamic{left, dynamic}), negated, range) : nullptr;
  }
  auto* literal = std::get_if<ast::SetLiteral>(&right.node);
  bool single = std::holds_alternative<ast::SpanExpr>(right.node) || std::holds_alternative<ast::Cidr>(right.node);
  if (!literal && !single) {
    ExprPtr other = value(right);
    if (other) emitter_.report(Kind::NotASet, binary.right->range, describe(other)).hint("one value is compared with `==`");
    return nullptr;
  }
  std::vector<const ast::Expr*> elements;
  Type boolean{.kind = TypeKind::Bool};
  bool good = true;
  const std::string hint = constantHint(set ? set->element_type.text : elementTypeOf(left->type));
  if (single) elements.push_back(&right);
  if (literal)
    for (const ast::ExprPtr& element : literal->elements) {
      bool constant = constantOnly(*element, hint);
      if (constant) elements.push_back(element.get());
      good &= constant;
    }
  if (isText(left->type)) {
    auto kind = set && set->element_type.text == "glob" ? match::Pattern::Kind::Glob : match::Pattern::Kind::Literal;
    std::vector<match::Pattern> found;
    for (const ast::Expr* element : elements) good &= patternElement(*element, kind, left->type, found);
    return good ? negate(make(boolean, range, policy::Matches{left, std::move(found)}), negated, range) : nullptr;
  }
  if (left->type.kind == TypeKind::Ip) {
    std::vector<ast::Cidr> found;
    for (const ast::Expr* element : elements) good &= cidrs(*element, found);
    return good ? negate(make(boolean, range, policy::InCidrs{left, std::move(found)}), negated, range) : nullptr;
  }
  if (!isInteger(left->type)) {
    emitter_.report(Kind::BadOperand, left->range, ast::spelling(binary.op), describe(left));
    return nullptr;
  }
  Numbers found;
  for (const ast::Expr* element : elements) good &= numbers(*element, left->type, found);
  return good ? negate(inNumbers(left, std::move(found), range), negated, range) : nullptr;
}

// One of the ranges, or equal to what only the loader knows.
ExprPtr ExpressionChecker::inNumbers(const ExprPtr& value, Numbers numbers, ast::Range range) {
  Type boolean{.kind = TypeKind::Bool};
  ExprPtr result;
  if (!numbers.intervals.empty() || numbers.accounts.empty())
    result = make(boolean, range, policy::InIntervals{value, merged(std::move(numbers.intervals))});
  for (const ExprPtr& account : numbers.accounts) {
    ExprPtr equal = make(boolean, range, policy::Compare{BinaryOp::Equal, value, account});
    result = result ? make(boolean, range, policy::Logic{false, result, equal}) : equal;
  }
  return result;
}

void ExpressionChecker::wrongElement(const ast::Expr& element, const ExprPtr& found, const Type& type) {
  std::string wanted = elementTypeOf(type);
  if (!constantOnly(element, constantHint(wanted))) return;
  emitter_.report(Kind::WrongElement, element.range, describe(found), wanted)
      .hint(isText(found->type) ? numberForText(found, type) : elementHint(wanted));
}

std::optional<policy::Int> ExpressionChecker::numberOf(const ast::Expr& written, const ExprPtr& constant, const Type& type) {
  auto* number = std::get_if<policy::IntConst>(&constant->node);
  if (number && constant->type.kind != TypeKind::Null)
    return inRange(number->value, type, written.range) ? std::optional(number->value) : std::nullopt;
  wrongElement(written, constant, type);
  return std::nullopt;
}

// An end of a range.
std::optional<policy::Int> ExpressionChecker::number(const ast::Expr& expr, const Type& type) {
  ExprPtr constant = value(expr, &type);
  if (!constant) return std::nullopt;
  auto* account = std::get_if<policy::Account>(&constant->node);
  if (!account) return numberOf(expr, constant, type);
  emitter_.report(Kind::NotKnownYet, expr.range, policy::print(*account)).hint("write the range in numbers");
  return std::nullopt;
}

bool ExpressionChecker::numbers(const ast::Expr& element, const Type& type, Numbers& result) {
  if (auto* span = std::get_if<ast::SpanExpr>(&element.node)) {
    auto low = number(*span->low, type), high = number(*span->high, type);
    if (!low || !high) return false;
    if (*low <= *high) return result.intervals.push_back({*low, *high}), true;
    emitter_.report(Kind::EmptyRange, element.range, policy::decimal(*low), policy::decimal(*high)).hint("the smaller number comes first");
    return false;
  }
  ExprPtr alone = value(element, &type);
  if (!alone) return false;
  if (std::holds_alternative<policy::Account>(alone->node)) {
    if (type.name.empty() || type.name == alone->type.name) return result.accounts.push_back(alone), true;
    wrongElement(element, alone, type);
    return false;
  }
  auto found = numberOf(element, alone, type);
  if (found) result.intervals.push_back({*found, *found});
  return found.has_value();
}

bool ExpressionChecker::cidrs(const ast::Expr& element, std::vector<ast::Cidr>& result) {
  const ast::SetDeclaration* set = nullptr;
  const ast::Expr& target = resolved(element, &set);
  if (auto* cidr = std::get_if<ast::Cidr>(&target.node)) {
    result.push_back(*cidr);
    return true;
  }
  if (auto* address = std::get_if<ast::Address>(&target.node)) {
    result.push_back({*address, static_cast<uint8_t>(address->v4 ? 32 : 128)});
    return true;
  }
  ExprPtr other = value(set ? element : target);
  if (other)
    emitter_.report(Kind::WrongElement, element.range, describe(other), "networks")
        .hint("addresses and networks stand without quotes: 10.0.0.0/8");
  return false;
}

}  // namespace lsmpc::check
