// Operators on two sides: logic, bits, flags. Comparisons are in compare.cpp, match.cpp, membership.cpp.
#include "compiler/base/suggest.h"
#include "compiler/check/expression.h"
#include "compiler/check/flags.h"
#include "compiler/check/types.h"

namespace lsmpc::check {

using ast::BinaryOp;
using policy::TypeKind;

ExprPtr ExpressionChecker::binary(const ast::Binary& binary, ast::Range range, const Type* expected) {
  switch (binary.op) {
    case BinaryOp::And:
    case BinaryOp::Or: return logic(binary, range);
    case BinaryOp::BitAnd:
    case BinaryOp::BitOr: return bits(binary, range, expected);
    case BinaryOp::Has:
    case BinaryOp::HasAny: return has(binary, range);
    case BinaryOp::Match:
    case BinaryOp::NotMatch:
    case BinaryOp::Under: return matches(binary, range);
    case BinaryOp::In:
    case BinaryOp::NotIn: return in(binary, range);
    default: return compare(binary, range);
  }
}

ExprPtr ExpressionChecker::logic(const ast::Binary& binary, ast::Range range) {
  bool is_and = binary.op == BinaryOp::And;
  ExprPtr left = condition(*binary.left);
  size_t before = guards_.size();
  if (is_and) collectGuards(*binary.left, guards_);
  ExprPtr right = condition(*binary.right);
  guards_.resize(before);
  if (!left || !right) return nullptr;
  return make({.kind = TypeKind::Bool}, range, policy::Logic{is_and, left, right});
}

ExprPtr ExpressionChecker::bits(const ast::Binary& binary, ast::Range range, const Type* expected) {
  bool is_and = binary.op == BinaryOp::BitAnd;
  ExprPtr left = value(*binary.left, expected);
  ExprPtr right = value(*binary.right, left && left->type.kind == TypeKind::Flags ? &left->type : expected);
  if (!left || !right) return nullptr;
  for (const ExprPtr& side : {left, right})
    if (!isInteger(side->type)) {
      emitter_.report(Kind::BadOperand, side->range, ast::spelling(binary.op), describe(side));
      return nullptr;
    }
  Type type = std::holds_alternative<policy::IntConst>(left->node) ? right->type : left->type;
  if (left->type.kind == TypeKind::Flags) type = left->type;
  if (right->type.kind == TypeKind::Flags) type = right->type;
  if (!is_and && type.kind == TypeKind::Int) type.bits = std::max(left->type.bits, right->type.bits);
  if (is_and) type.is_signed = false;  // what is masked is a pattern of bits
  return make(type, range, policy::Bits{is_and, left, right});
}

std::optional<uint64_t> ExpressionChecker::flags(const ast::Expr& expr, const Type& domain, bool tested) {
  if (auto* both = std::get_if<ast::Binary>(&expr.node); both && both->op == BinaryOp::BitOr) {
    auto left = flags(*both->left, domain, tested), right = flags(*both->right, domain, tested);
    return left && right ? std::optional(*left | *right) : std::nullopt;
  }
  std::optional<uint64_t> mask;
  std::string name = ast::print(expr);
  if (auto* path = std::get_if<ast::Path>(&expr.node); path && path->names.size() == 1) {
    if (const ast::Let* let = scope_.let(name)) return flags(*let->value, domain, tested);
    mask = flagMask(domain.name, name);
  } else if (auto* number = std::get_if<ast::Integer>(&expr.node); number && !number->negative) {
    mask = number->value;
  }
  if (!mask) {
    auto nearest = base::nearest(name, flagNames(domain.name));
    auto message = emitter_.report(Kind::UnknownFlag, expr.range, name, domain.name);
    if (nearest) message.hint("did you mean `" + *nearest + "`?");
    return std::nullopt;
  }
  std::string hint = tested ? notTestable(domain.name, *mask) : "";
  if (hint.empty()) return mask;
  emitter_.report(Kind::UselessFlag, expr.range, name).hint(hint);
  return std::nullopt;
}

ExprPtr ExpressionChecker::has(const ast::Binary& binary, ast::Range range) {
  ExprPtr left = value(*binary.left);
  if (!left) return nullptr;
  if (left->type.kind != TypeKind::Flags) {
    emitter_.report(Kind::BadOperand, left->range, ast::spelling(binary.op), describe(left))
        .hint("`has` tests flags such as `access`, `flags`, `caps`; mask an integer with `&`");
    return nullptr;
  }
  auto mask = flags(*binary.right, left->type, true);
  if (!mask) return nullptr;
  return make({.kind = TypeKind::Bool}, range, policy::Has{left, *mask, binary.op == BinaryOp::HasAny});
}

ExprPtr ExpressionChecker::mismatch(const ast::Binary& binary, const ExprPtr& left, const ExprPtr& right) {
  emitter_.report(Kind::TypeMismatch, binary.op_range, ast::spelling(binary.op), describe(left), describe(right))
      .note(left->range, describe(left))
      .note(right->range, describe(right));
  return nullptr;
}

bool ExpressionChecker::inRange(policy::Int number, const Type& type, ast::Range range) {
  policy::Int low = lowest(type), high = highest(type);
  if (type.is_signed && type.bits == 64) high = highest({.kind = TypeKind::Int});  // masks may be written unsigned
  if (number >= low && number <= high) return true;
  emitter_.report(Kind::OutOfRange, range, policy::decimal(number), check::describe(type, targets_), policy::decimal(low),
                  policy::decimal(high));
  return false;
}

}  // namespace lsmpc::check
