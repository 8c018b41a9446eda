// == != < <= > >=
#include "compiler/check/expression.h"
#include "compiler/check/types.h"

namespace lsmpc::check {

using ast::BinaryOp;
using policy::TypeKind;

namespace {

bool isEquality(BinaryOp op) { return op == BinaryOp::Equal || op == BinaryOp::NotEqual; }

BinaryOp mirrored(BinaryOp op) {
  switch (op) {
    case BinaryOp::Less: return BinaryOp::Greater;
    case BinaryOp::LessEqual: return BinaryOp::GreaterEqual;
    case BinaryOp::Greater: return BinaryOp::Less;
    case BinaryOp::GreaterEqual: return BinaryOp::LessEqual;
    default: return op;
  }
}

bool isConstant(const ExprPtr& expr) { return std::holds_alternative<policy::IntConst>(expr->node); }

// A bare word on the other side may be a flag of this side's type.
const Type* flagsOf(const ExprPtr& expr) { return expr && expr->type.kind == TypeKind::Flags ? &expr->type : nullptr; }

}  // namespace

ExprPtr ExpressionChecker::compare(const ast::Binary& binary, ast::Range range) {
  // `write == access`: what a bare word on the left means is known from the right.
  auto* word = std::get_if<ast::Path>(&binary.left->node);
  bool right_first = word && word->names.size() == 1 && !scope_.isAttribute(word->names[0].text);
  ExprPtr left = right_first ? nullptr : value(*binary.left);
  ExprPtr right = value(*binary.right, flagsOf(left));
  if (right_first) left = value(*binary.left, flagsOf(right));
  if (!left || !right) return nullptr;
  auto isString = [](const ExprPtr& e) { return std::holds_alternative<policy::StringConst>(e->node); };
  if (isString(right) || isText(right->type)) left = text(std::move(left));
  if (isString(left) || isText(left->type)) right = text(std::move(right));
  bool negated = binary.op == BinaryOp::NotEqual, equality = isEquality(binary.op);
  Type boolean{.kind = TypeKind::Bool};
  if (isText(left->type) && isText(right->type) && equality) return negate(equalText(binary, left, right, range), negated, range);
  if (left->type.kind == TypeKind::Ip && right->type.kind == TypeKind::Ip && equality)
    return negate(equalIp(binary, left, right, range), negated, range);
  auto isPointer = [](const ExprPtr& e) { return e->type.kind == TypeKind::Pointer; };
  auto isNull = [](const ExprPtr& e) { return e->type.kind == TypeKind::Null; };
  if (equality && ((isPointer(left) && isNull(right)) || (isNull(left) && isPointer(right))))
    return negate(make(boolean, range, policy::IsNull{isPointer(left) ? left : right}), negated, range);
  bool same_pointers = isPointer(left) && isPointer(right) && left->type.btf == right->type.btf && equality;
  bool same_bools = left->type.kind == TypeKind::Bool && right->type.kind == TypeKind::Bool && equality;
  if (refuse(binary, left, right)) return nullptr;
  bool same_domain = left->type.name.empty() || right->type.name.empty() || left->type.name == right->type.name;
  if (!same_pointers && !same_bools && !(isInteger(left->type) && isInteger(right->type) && same_domain))
    return mismatch(ast::spelling(binary.op), binary.op_range, left, right);
  if (same_bools) {  // a == b on conditions: (a and b) or (not a and not b)
    ExprPtr both = make(boolean, range, policy::Logic{true, left, right});
    ExprPtr none = make(boolean, range, policy::Logic{true, negate(left, true, range), negate(right, true, range)});
    return negate(make(boolean, range, policy::Logic{false, both, none}), negated, range);
  }
  if (isConstant(right) && !isConstant(left) && !inRange(std::get<policy::IntConst>(right->node).value, left->type, right->range))
    return nullptr;
  if (isConstant(left) && !isConstant(right) && !inRange(std::get<policy::IntConst>(left->node).value, right->type, left->range))
    return nullptr;
  BinaryOp op = negated ? BinaryOp::Equal : binary.op;
  if (isConstant(left) && !isConstant(right)) {
    std::swap(left, right);
    op = mirrored(op);
  }
  return negate(make(boolean, range, policy::Compare{op, left, right}), negated, range);
}

// Only numbers have an order.
bool ExpressionChecker::refuse(const ast::Binary& binary, const ExprPtr& left, const ExprPtr& right) {
  bool numbers = left->type.kind == TypeKind::Int && right->type.kind == TypeKind::Int;
  bool alike = left->type.kind == right->type.kind || (isText(left->type) && isText(right->type)) ||
               (isInteger(left->type) && isInteger(right->type));
  if (isEquality(binary.op) || numbers || !alike) return false;
  const ExprPtr& shown = isConstant(left) || std::holds_alternative<policy::StringConst>(left->node) ? right : left;
  bool flags = left->type.kind == TypeKind::Flags || right->type.kind == TypeKind::Flags;
  emitter_.report(Kind::BadOperand, binary.op_range, ast::spelling(binary.op), describe(shown))
      .hint(flags                 ? "flags are tested with `has`, `has any` and `==`"
            : isText(shown->type) ? "paths and strings are compared with `==`, `~`, `in` and `under`"
                                  : "`==` and `!=` work on it");
  return true;
}

ExprPtr ExpressionChecker::equalText(const ast::Binary& binary, const ExprPtr& left, const ExprPtr& right, ast::Range range) {
  bool swap = std::holds_alternative<policy::StringConst>(left->node);
  const ExprPtr &subject = swap ? right : left, &literal = swap ? left : right;
  auto* text = std::get_if<policy::StringConst>(&literal->node);
  if (!text) return make({.kind = TypeKind::Bool}, range, policy::Compare{BinaryOp::Equal, left, right});
  if (std::holds_alternative<policy::StringConst>(subject->node)) {
    emitter_.report(Kind::TwoConstants, binary.op_range, ast::spelling(binary.op))
        .hint("one side is an attribute or a member, such as `comm`");
    return nullptr;
  }
  std::vector<match::Pattern> patterns;
  if (!pattern({text->value, text->value}, literal->range, match::Pattern::Kind::Literal, subject->type, patterns)) return nullptr;
  return make({.kind = TypeKind::Bool}, range, policy::Matches{subject, patterns});
}

ExprPtr ExpressionChecker::equalIp(const ast::Binary& binary, const ExprPtr& left, const ExprPtr& right, ast::Range range) {
  bool swap = std::holds_alternative<policy::IpConst>(left->node);
  const ExprPtr &subject = swap ? right : left, &literal = swap ? left : right;
  auto* address = std::get_if<policy::IpConst>(&literal->node);
  if (!address) return make({.kind = TypeKind::Bool}, range, policy::Compare{BinaryOp::Equal, left, right});
  if (std::holds_alternative<policy::IpConst>(subject->node)) {
    emitter_.report(Kind::TwoConstants, binary.op_range, ast::spelling(binary.op)).hint("one side is an attribute, such as `addr`");
    return nullptr;
  }
  ast::Cidr exact{address->value, static_cast<uint8_t>(address->value.v4 ? 32 : 128)};
  return make({.kind = TypeKind::Bool}, range, policy::InCidrs{subject, {exact}});
}

}  // namespace lsmpc::check
