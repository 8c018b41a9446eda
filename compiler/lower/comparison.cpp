#include "compiler/lower/comparison.h"

#include <llvm/IR/InlineAsm.h>

namespace lsmpc::lower {

using namespace llvm;

namespace {

constexpr unsigned kBits = 64;

// LLVM computes it.
bool isKnown(Value* left, Value* right) { return isa<Constant>(left) && isa<Constant>(right); }

}  // namespace

Value* opaque(IRBuilder<>& builder, Value* word, const char* code, bool in_place) {
  auto* type = FunctionType::get(builder.getInt64Ty(), {builder.getInt64Ty()}, false);
  return builder.CreateCall(type, InlineAsm::get(type, code, "=r,0", in_place), {word});
}

// Opaque, here and below: LLVM sees comparisons in arithmetic, and makes branches of them.
Value* Comparison::belowZero(Value* word) {
  return builder_.CreateTrunc(opaque(builder_, builder_.CreateLShr(word, kBits - 1), ""), builder_.getInt1Ty());
}

// Where it stands: LLVM would move it behind the next branch.
Value* Comparison::joined(Value* word) {
  if (!is_straight_ || isa<Constant>(word)) return word;
  Value* wide = builder_.CreateZExt(word, builder_.getInt64Ty());
  return builder_.CreateTrunc(opaque(builder_, wide, "$0 = -$0\n\t$0 = -$0", true), word->getType());
}

Value* Comparison::different(Value* left, Value* right) {
  if (!is_straight_ || isKnown(left, right)) return builder_.CreateICmpNE(left, right);
  Value* other = builder_.CreateZExt(builder_.CreateXor(left, right), builder_.getInt64Ty());
  return belowZero(builder_.CreateOr(other, opaque(builder_, other, "$0 = -$0")));
}

Value* Comparison::same(Value* left, Value* right) {
  if (!is_straight_ || isKnown(left, right)) return builder_.CreateICmpEQ(left, right);
  return builder_.CreateNot(different(left, right));
}

// The borrow of their difference.
Value* Comparison::below(Value* left, Value* right) {
  if (!is_straight_ || isKnown(left, right)) return builder_.CreateICmpULT(left, right);
  left = builder_.CreateZExt(left, builder_.getInt64Ty());
  right = builder_.CreateZExt(right, builder_.getInt64Ty());
  Value* difference = opaque(builder_, builder_.CreateSub(left, right), "");
  Value* alike = builder_.CreateNot(builder_.CreateXor(left, right));
  return belowZero(builder_.CreateOr(builder_.CreateAnd(builder_.CreateNot(left), right), builder_.CreateAnd(alike, difference)));
}

Value* Comparison::notAbove(Value* left, Value* right) {
  if (!is_straight_) return builder_.CreateICmpULE(left, right);
  return builder_.CreateNot(below(right, left));
}

Value* Comparison::pinned(Value* bit) {
  if (!is_straight_ || isa<Constant>(bit)) return bit;
  return builder_.CreateTrunc(opaque(builder_, builder_.CreateZExt(bit, builder_.getInt64Ty()), "", true), builder_.getInt1Ty());
}

Value* Comparison::choose(Value* bit, Value* then, Value* otherwise) {
  if (!is_straight_ || isa<Constant>(bit)) return builder_.CreateSelect(bit, then, otherwise);
  Value* all = opaque(builder_, builder_.CreateNeg(builder_.CreateZExt(bit, builder_.getInt64Ty())), "");
  Value* mask = builder_.CreateTrunc(all, then->getType());
  return builder_.CreateXor(otherwise, builder_.CreateAnd(builder_.CreateXor(then, otherwise), mask));
}

}  // namespace lsmpc::lower
