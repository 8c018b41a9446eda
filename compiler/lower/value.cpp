// Values: computed when first needed, kept in a cell.
#include <llvm/IR/Module.h>

#include <algorithm>

#include "compiler/lower/program.h"
#include "runtime/abi/layout.h"

namespace lsmpc::lower {

using namespace llvm;
using decision::ValueId;
using decision::ValueOp;
using policy::TypeKind;

Loaded ProgramLowering::present(Value* word) { return {i32(LSMP_PRESENT), {word}}; }

std::vector<Type*> ProgramLowering::wordTypes(ValueId id) const {
  LLVMContext& context = function_->getContext();
  Type* word = Type::getInt64Ty(context);
  switch (program_.values[id].type.kind) {
    case TypeKind::Path:
    case TypeKind::String:
    case TypeKind::Record: return {};
    case TypeKind::Ip: return {word, word};
    case TypeKind::Pointer: return {isProbed(id) ? word : PointerType::getUnqual(context)};
    default: return {word};
  }
}

bool ProgramLowering::isUntyped(const std::vector<btf::Step>& steps) {
  return std::any_of(steps.begin(), steps.end(), [](const btf::Step& step) { return step.overlaps_pointer || step.element; });
}

bool ProgramLowering::isProbed(ValueId id) const {
  const decision::Value& value = program_.values[id];
  switch (value.op) {
    case ValueOp::Argument: return false;
    case ValueOp::Field: {
      Chain chain = chainOf(id);
      return isProbed(chain.base) || isUntyped(chain.steps);
    }
    default: return true;
  }
}

bool ProgramLowering::isExpensive(ValueId id) const {
  const decision::Value& value = program_.values[id];
  if (value.op == ValueOp::Builtin && policy::info(value.builtin).cost >= policy::kExpensiveCall) return true;
  return std::any_of(value.operands.begin(), value.operands.end(), [&](ValueId o) { return isExpensive(o); });
}

bool ProgramLowering::mayBeAbsent(ValueId id) const {
  const decision::Value& value = program_.values[id];
  if (value.op == ValueOp::Builtin && policy::info(value.builtin).absent) return true;
  return std::any_of(value.operands.begin(), value.operands.end(), [&](ValueId o) { return mayBeAbsent(o); });
}

Loaded ProgramLowering::value(ValueId id) {
  const decision::Value& value = program_.values[id];
  if (value.op == ValueOp::Const) return present(i64(static_cast<uint64_t>(value.constant)));
  if (value.op == ValueOp::Argument) return argument(value);
  auto known = value_cells_.find(id);
  if (known == value_cells_.end()) {
    std::vector<Type*> types = wordTypes(id);
    types.insert(types.begin(), builder_.getInt32Ty());
    known = value_cells_.emplace(id, memo_.add(types, value.name.empty() ? "v" + std::to_string(id) : value.name)).first;
  }
  Memo::Words words = memo_.get(known->second, [&] {
    Loaded loaded = compute(id);
    loaded.words.insert(loaded.words.begin(), loaded.state);
    return loaded.words;
  });
  return {words[0], {words.begin() + 1, words.end()}};
}

Loaded ProgramLowering::compute(ValueId id) {
  const decision::Value& value = program_.values[id];
  switch (value.op) {
    case ValueOp::Field: return field(value);
    case ValueOp::Builtin: return call(value, id);
    case ValueOp::If: return choice(value);
    case ValueOp::Exists: return present(builder_.CreateZExt(access_.exists(value.field.steps), builder_.getInt64Ty()));
    case ValueOp::Account: return account(value);
    default: break;
  }
  Loaded left = this->value(value.operands[0]), right = this->value(value.operands[1]);
  Value* word =
      value.op == ValueOp::BitAnd ? builder_.CreateAnd(left.words[0], right.words[0]) : builder_.CreateOr(left.words[0], right.words[0]);
  return {worse(left.state, right.state), {word}};
}

// What the loader has written, or not: read at run time, as far as LLVM knows.
Loaded ProgramLowering::account(const decision::Value& value) {
  GlobalVariable* accounts = function_->getParent()->getGlobalVariable(LSMP_ACCOUNTS_SYMBOL);
  Type* word = builder_.getInt64Ty();
  Value* id = builder_.CreateLoad(word, builder_.CreateConstGEP1_64(word, accounts, value.index), true);
  Value* unset = comparison_.below(i64(UINT32_MAX), id);
  return {comparison_.choose(unset, i32(LSMP_IS_UNRESOLVED), i32(LSMP_PRESENT)), {id}};
}

// PRESENT < ABSENT < UNRESOLVED: of two operands the worse one decides.
Value* ProgramLowering::worse(Value* left, Value* right) { return comparison_.choose(comparison_.below(right, left), left, right); }

// `compute` where `holds`, else `state` and zeros.
Loaded ProgramLowering::guarded(Value* holds, Value* state, const std::vector<Type*>& words, const std::function<Loaded()>& compute) {
  return either(holds, words, compute, [&]() -> Loaded {
    Loaded none{state, {}};
    for (Type* type : words) none.words.push_back(Constant::getNullValue(type));
    return none;
  });
}

Loaded ProgramLowering::either(Value* holds, const std::vector<Type*>& words, const std::function<Loaded()>& then,
                               const std::function<Loaded()>& otherwise) {
  BasicBlock *inside = block("read"), *other = block("other"), *after = block("after");
  builder_.CreateCondBr(holds, inside, other);
  auto side = [&](BasicBlock* begin, const std::function<Loaded()>& compute) {
    builder_.SetInsertPoint(begin);
    memo_.enter();
    Loaded result = compute();
    memo_.leave();
    BasicBlock* end = builder_.GetInsertBlock();
    builder_.CreateBr(after);
    return std::pair(result, end);
  };
  auto [here, here_end] = side(inside, then);
  auto [there, there_end] = side(other, otherwise);
  builder_.SetInsertPoint(after);
  auto join = [&, here_end = here_end, there_end = there_end](Type* type, Value* left, Value* right) {
    PHINode* phi = builder_.CreatePHI(type, 2);
    phi->addIncoming(left, here_end);
    phi->addIncoming(right, there_end);
    return phi;
  };
  Loaded result{join(builder_.getInt32Ty(), here.state, there.state), {}};
  for (size_t i = 0; i < words.size(); ++i) result.words.push_back(join(words[i], here.words[i], there.words[i]));
  return result;
}

Value* ProgramLowering::asAddress(ValueId id) {
  if (program_.values[id].type.kind == TypeKind::Record) {
    Chain chain = chainOf(id);
    return builder_.CreateAdd(asAddress(chain.base), access_.offset(chain.steps));
  }
  Value* word = value(id).words[0];
  return word->getType()->isPointerTy() ? builder_.CreatePtrToInt(word, builder_.getInt64Ty()) : word;
}

// As lsmp_number of stdlib/bpf/kernel.h. Not only of pointers that are known here: the verifier may know more.
Value* ProgramLowering::asNumber(ValueId id) { return builder_.CreateNeg(opaque(builder_, asAddress(id), "$0 = -$0")); }

Value* ProgramLowering::stateOf(ValueId id) {
  return value(program_.values[id].type.kind == TypeKind::Record ? chainOf(id).base : id).state;
}

Loaded ProgramLowering::choice(const decision::Value& value) {
  Truth truth = node(value.condition);
  Loaded then = this->value(value.operands[0]), otherwise = this->value(value.operands[1]);
  Loaded result{builder_.CreateSelect(truth.yes, then.state, builder_.CreateSelect(truth.no, otherwise.state, i32(LSMP_IS_UNRESOLVED))),
                {}};
  bool pointers = value.type.kind == TypeKind::Pointer;
  for (size_t i = 0; i < then.words.size(); ++i) {
    Value* a = pointers ? asAddress(value.operands[0]) : then.words[i];
    Value* b = pointers ? asAddress(value.operands[1]) : otherwise.words[i];
    result.words.push_back(builder_.CreateSelect(truth.yes, a, b));
  }
  return result;
}

// A kernel integer as 64 bits with the sign that its type has.
Value* ProgramLowering::widen(Value* word, const policy::Type& type) {
  if (type.bits >= 64 || (type.kind != TypeKind::Int && type.kind != TypeKind::Flags)) return word;
  Value* narrow = builder_.CreateTrunc(word, builder_.getIntNTy(type.bits));
  return type.is_signed ? builder_.CreateSExt(narrow, builder_.getInt64Ty()) : builder_.CreateZExt(narrow, builder_.getInt64Ty());
}

BasicBlock* ProgramLowering::block(const char* name) { return BasicBlock::Create(function_->getContext(), name, function_); }

}  // namespace lsmpc::lower
