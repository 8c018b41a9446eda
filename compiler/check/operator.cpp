// Operators on two sides: logic, bits, flags. Comparisons are in compare.cpp, match.cpp, membership.cpp.
#include "compiler/check/account.h"
#include "compiler/check/expression.h"
#include "compiler/policy/flags.h"
#include "compiler/check/types.h"
#include "runtime/match/suggest.h"

namespace lsmpc::check {

using ast::BinaryOp;
using policy::TypeKind;

namespace {

bool isNamedInteger(const Type& type) { return type.kind == TypeKind::Int && !type.name.empty(); }

// What a person who wrote this may have meant; "" where nothing comes to mind.
std::string wayOut(const ExprPtr& left, const ExprPtr& right) {
  auto either = [&](auto holds) { return holds(left) || holds(right); };
  bool text = either([](const ExprPtr& e) { return std::holds_alternative<policy::StringConst>(e->node); });
  bool number = either([](const ExprPtr& e) { return std::holds_alternative<policy::IntConst>(e->node); });
  bool integer = either([](const ExprPtr& e) { return isInteger(e->type); });
  bool strings = either([](const ExprPtr& e) { return isText(e->type); });
  bool pointer = either([](const ExprPtr& e) { return e->type.kind == TypeKind::Pointer; });
  bool ip = either([](const ExprPtr& e) { return e->type.kind == TypeKind::Ip; });
  if (text && ip) return "addresses stand without quotes: 10.0.0.1, 2001:db8::1";
  if (pointer && number) return "a pointer is compared with `null`";
  if (text && integer) return isInteger(left->type) ? numberForText(right, left->type) : numberForText(left, right->type);
  if (strings && number) return "a path or string is compared with text in quotes";
  if (isNamedInteger(left->type) && isNamedInteger(right->type)) return "these numbers count different things";
  return "";
}

}  // namespace

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
  auto *low = std::get_if<policy::IntConst>(&left->node), *high = std::get_if<policy::IntConst>(&right->node);
  if (low && high && left->type.kind == right->type.kind)
    return make(left->type, range, policy::IntConst{is_and ? low->value & high->value : low->value | high->value});
  if (low && !high && !inMask(low->value, right->type, left->range)) return nullptr;
  if (high && !low && !inMask(high->value, left->type, right->range)) return nullptr;
  Type type = low ? right->type : left->type;
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
  if (auto* path = std::get_if<ast::Path>(&expr.node); path && path->names.size() == 1) {
    const std::string& name = path->names[0].text;
    if (scope_.isPoisoned(name)) return std::nullopt;
    if (const ast::Let* let = letNamed(name)) {
      std::pair key(let, domain.name + (tested ? " has" : ""));
      if (auto known = masks_.find(key); known != masks_.end()) return known->second;
      auto mask = flags(*let->value, domain, tested);
      return masks_[key] = mask;
    }
  }
  return flag(expr, domain, tested);
}

std::optional<uint64_t> ExpressionChecker::flag(const ast::Expr& expr, const Type& domain, bool tested) {
  if (std::holds_alternative<ast::Poison>(expr.node)) return std::nullopt;
  std::optional<uint64_t> mask;
  std::string name = ast::print(expr);
  if (auto* path = std::get_if<ast::Path>(&expr.node); path && path->names.size() == 1) {
    mask = policy::flagMask(domain.name, name);
  } else if (auto* number = std::get_if<ast::Integer>(&expr.node); number && !number->negative) {
    mask = number->value;
  }
  if (!mask) {
    std::vector<std::string> names = policy::flagNames(domain.name);
    auto nearest = match::nearest(name, names);
    std::string some;
    for (size_t i = 0; i < names.size() && i < 6; ++i) some += (i ? ", `" : "`") + names[i] + "`";
    emitter_.report(Kind::UnknownFlag, expr.range, name, domain.name)
        .hint(nearest ? "did you mean `" + *nearest + "`?" : "its flags: " + some + (names.size() > 6 ? " …" : ""));
    return std::nullopt;
  }
  std::string hint = tested ? policy::notTestable(domain.name, *mask) : "";
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

ExprPtr ExpressionChecker::mismatch(std::string_view op, ast::Range range, const ExprPtr& left, const ExprPtr& right) {
  emitter_.report(Kind::TypeMismatch, range, op, describe(left), describe(right))
      .note(left->range, describe(left))
      .note(right->range, describe(right))
      .hint(wayOut(left, right));
  return nullptr;
}

// A mask is a pattern of bits: as many as the value has, whatever the value's sign.
bool ExpressionChecker::inMask(policy::Int number, const Type& type, ast::Range range) {
  Type bits = type;
  bits.is_signed = false;
  return (type.is_signed && number < 0) ? inRange(number, type, range) : inRange(number, bits, range);
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
