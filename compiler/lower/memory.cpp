// Members of kernel objects: typed loads where the verifier follows the pointer, probes elsewhere. A pointer that is no
// kernel address is never followed: what stands behind it is unresolved, not zero.
#include <llvm/IR/InlineAsm.h>

#include "compiler/lower/program.h"
#include "runtime/abi/layout.h"

namespace lsmpc::lower {

using namespace llvm;
using decision::ValueId;
using decision::ValueOp;
using policy::TypeKind;

namespace {

constexpr uint64_t kErrors = 4096;          // MAX_ERRNO + 1, include/linux/err.h
constexpr uint64_t kProbeReadKernel = 113;  // enum bpf_func_id, include/uapi/linux/bpf.h

}  // namespace

ProgramLowering::Chain ProgramLowering::chainOf(ValueId id) const {
  const decision::Value& value = program_.values[id];
  if (value.op != ValueOp::Field) return {id, {}};
  const decision::Value& base = program_.values[value.operands[0]];
  Chain chain{value.operands[0], {}};
  if (base.type.kind == TypeKind::Record) chain = chainOf(value.operands[0]);
  chain.steps.insert(chain.steps.end(), value.field.steps.begin(), value.field.steps.end());
  return chain;
}

// In one piece of assembly: LLVM would fold the comparisons into arithmetic, which the verifier refuses on pointers.
Value* ProgramLowering::isKernelAddress(Value* word) {
  auto* type = FunctionType::get(builder_.getInt64Ty(), {word->getType()}, false);
  auto* code =
      InlineAsm::get(type, "$0 = 0\n\tif $1 == 0 goto +3\n\tif $1 s> -1 goto +2\n\tif $1 > -4096 goto +1\n\t$0 = 1", "=&r,r", false);
  return builder_.CreateICmpNE(builder_.CreateCall(type, code, {word}), i64(0));
}

// 6.12's verifier believes that no hook's pointer is NULL and deletes a comparison with zero; one with another number
// stays. 7.3's learns from the one with zero.
Value* ProgramLowering::isNull(Value* word) {
  auto* type = FunctionType::get(builder_.getInt64Ty(), {word->getType()}, false);
  auto* code = InlineAsm::get(type, "$0 = 1\n\tif $1 == 0 goto +2\n\tif $1 < 4096 goto +1\n\t$0 = 0", "=&r,r", false);
  return builder_.CreateICmpNE(builder_.CreateCall(type, code, {word}), i64(0));
}

Loaded ProgramLowering::field(const decision::Value& value) {
  if (value.type.kind == TypeKind::Record) return {i32(LSMP_PRESENT), {}};  // its members are read from the chain's base
  std::vector<Chain> hops = fromTask(static_cast<ValueId>(&value - program_.values.data()));
  return hops.empty() ? member(value) : ofTask(hops, value);
}

Loaded ProgramLowering::member(const decision::Value& value) {
  auto id = static_cast<ValueId>(&value - program_.values.data());
  Chain chain = chainOf(id);
  Loaded base = this->value(chain.base);
  bool everywhere = (value.field.present & program_.targets) == program_.targets;
  if (comparison_.isStraight() && everywhere && isProbed(chain.base) && !mayBeAbsent(chain.base))
    return readAnywhere(base, chain.steps, value.type);
  Value* lost = builder_.CreateSelect(builder_.CreateICmpEQ(base.state, i32(LSMP_ABSENT)), base.state, i32(LSMP_IS_UNRESOLVED));
  Value* good = builder_.CreateAnd(builder_.CreateICmpEQ(base.state, i32(LSMP_PRESENT)), isKernelAddress(base.words[0]));
  if (!everywhere) good = builder_.CreateAnd(good, access_.exists(chain.steps));
  Loaded read = guarded(good, lost, wordTypes(id), [&] { return readMember(base, chain.steps, isProbed(id), value.type); });
  if (value.type.kind == TypeKind::Pointer) return read;  // the verifier has to know which state is that of a pointer
  read.state = comparison_.joined(read.state);
  for (Value*& word : read.words) word = comparison_.joined(word);
  return read;
}

// A probe of what is no kernel address fails as well: nothing has to be asked before it. An address below zero is the kernel's; those of the
// last page are errors.
Loaded ProgramLowering::readAnywhere(const Loaded& base, const std::vector<btf::Step>& steps, const policy::Type& type) {
  static_assert(LSMP_PRESENT == 0 &&
                LSMP_IS_UNRESOLVED == 2);  // no base is absent: what is not present is unresolved, and so is their union
  Loaded read = readMember(base, steps, true, type);
  Value* address = base.words[0];
  Value* is_kernels = comparison_.belowZero(builder_.CreateAnd(address, builder_.CreateAdd(address, i64(kErrors - 1))));
  Value* lost = builder_.CreateShl(builder_.CreateZExt(builder_.CreateNot(is_kernels), builder_.getInt32Ty()), 1);
  read.state = builder_.CreateOr(builder_.CreateOr(base.state, read.state), lost);
  return read;
}

Loaded ProgramLowering::readMember(const Loaded& base, const std::vector<btf::Step>& steps, bool probed, const policy::Type& type) {
  Value* pointer = base.words[0];
  bool is_bits = steps.back().bit_size != 0;
  if (!probed && !is_bits) {
    Value* address = access_.address(pointer, steps);
    if (type.kind == TypeKind::Pointer) return present(builder_.CreateLoad(builder_.getPtrTy(), address));
    unsigned bytes = (*decision_.policy.types)[steps.back().type.value].size;
    Value* word = builder_.CreateLoad(builder_.getIntNTy(bytes * 8), address);
    return present(type.is_signed ? builder_.CreateSExt(word, builder_.getInt64Ty()) : builder_.CreateZExt(word, builder_.getInt64Ty()));
  }
  Value* number = pointer->getType()->isPointerTy() ? builder_.CreatePtrToInt(pointer, builder_.getInt64Ty()) : pointer;
  Value* address = builder_.CreateAdd(number, access_.offset(steps));
  if (!is_bits) {
    Value* size = type.kind == TypeKind::Pointer ? i64(8) : access_.info(steps, kByteSize);
    Loaded read = probe(address, size);
    if (type.is_signed) read.words[0] = widen(read.words[0], type);
    return read;
  }
  Loaded read = probe(address, access_.info(steps, kByteSize));
  Value* up = builder_.CreateShl(read.words[0], access_.info(steps, kLeftShift));
  Value* shift = access_.info(steps, kRightShift);
  read.words[0] = type.is_signed ? builder_.CreateAShr(up, shift) : builder_.CreateLShr(up, shift);
  return read;
}

Loaded ProgramLowering::probe(Value* address, Value* size) {
  builder_.CreateStore(i64(0), word_out_);
  auto* type = FunctionType::get(builder_.getInt64Ty(), {builder_.getPtrTy(), builder_.getInt32Ty(), builder_.getInt64Ty()}, false);
  Value* helper = ConstantExpr::getIntToPtr(builder_.getInt64(kProbeReadKernel), builder_.getPtrTy());
  Value* failed = builder_.CreateCall(type, helper, {word_out_, builder_.CreateTrunc(size, builder_.getInt32Ty()), address});
  Value* state = builder_.CreateTrunc(builder_.CreateAnd(builder_.CreateAShr(failed, 63), i64(LSMP_IS_UNRESOLVED)), builder_.getInt32Ty());
  return {state, {builder_.CreateLoad(builder_.getInt64Ty(), word_out_)}};
}

}  // namespace lsmpc::lower
