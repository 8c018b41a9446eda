#include "compiler/plan/fold.h"

namespace lsmpc::plan {
namespace {

using decision::TestOp;
using decision::ValueOp;
using policy::Int;

std::optional<Int> number(const decision::Program& program, decision::ValueId id) {
  const decision::Value& value = program.values[id];
  return value.op == ValueOp::Const ? std::optional(value.constant) : std::nullopt;
}

std::optional<bool> compare(TestOp op, Int left, Int right) {
  switch (op) {
    case TestOp::Equal: return left == right;
    case TestOp::Less: return left < right;
    case TestOp::LessEqual: return left <= right;
    case TestOp::Greater: return left > right;
    case TestOp::GreaterEqual: return left >= right;
    default: return std::nullopt;
  }
}

bool inside(const std::vector<policy::Interval>& intervals, Int x) {
  for (const policy::Interval& interval : intervals)
    if (interval.low <= x && x <= interval.high) return true;
  return false;
}

bool holdsMask(const decision::Test& test, Int x) {
  uint64_t bits = static_cast<uint64_t>(x) & test.mask;
  return test.any ? bits != 0 : bits == test.mask;
}

}  // namespace

std::optional<Int> foldValue(const decision::Program& program, const decision::Value& value) {
  if (value.op == ValueOp::Const) return value.constant;
  if (value.op != ValueOp::BitAnd && value.op != ValueOp::BitOr) return std::nullopt;
  auto left = number(program, value.operands[0]), right = number(program, value.operands[1]);
  if (!left || !right) return std::nullopt;
  return value.op == ValueOp::BitAnd ? (*left & *right) : (*left | *right);
}

std::optional<bool> foldTest(const decision::Program& program, const decision::Test& test) {
  // An empty set is not folded: on an unresolved value even its test is unresolved, and an allow must not match then.
  auto left = number(program, test.left);
  if (!left) return std::nullopt;
  if (test.op == TestOp::Truth) return *left != 0;
  if (test.op == TestOp::Null) return *left == 0;
  if (test.op == TestOp::Intervals) return inside(test.intervals, *left);
  if (test.op == TestOp::Mask) return holdsMask(test, *left);
  auto right = number(program, test.right);
  return right ? compare(test.op, *left, *right) : std::nullopt;
}

}  // namespace lsmpc::plan
