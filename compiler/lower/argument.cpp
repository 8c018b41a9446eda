// Hook arguments, by name: their places differ between kernels (multi-kernel variants of btf::Hook).
#include <llvm/IR/InlineAsm.h>

#include <algorithm>

#include "compiler/lower/program.h"
#include "runtime/abi/layout.h"

namespace lsmpc::lower {

using namespace llvm;

// One instruction of its own for each place: LLVM would merge loads of two variants into one at a variable offset of the
// context, which the verifier refuses.
Value* ProgramLowering::contextWord(size_t position, Type* result) {
  auto* type = FunctionType::get(result, {builder_.getPtrTy()}, false);
  std::string code = "$0 = *(u64 *)($1 + " + std::to_string(position * 8) + ")";
  return builder_.CreateCall(type, InlineAsm::get(type, code, "=r,r", false), {function_->getArg(0)});
}

Value* ProgramLowering::variantHolds(const btf::HookVariant& variant) {
  Value* holds = builder_.getFalse();
  for (const btf::Marker& marker : variant.any_of) holds = builder_.CreateOr(holds, access_.exists(marker));
  return holds;
}

namespace {

std::set<std::string> usedArguments(const decision::Program& program) {
  std::set<std::string> names;
  if (!program.hook.file_argument.empty()) names.insert(program.hook.file_argument);
  for (const decision::Value& value : program.values)
    if (value.op == decision::ValueOp::Argument) names.insert(value.argument);
  return names;
}

}  // namespace

// All that the program uses, once, at its entry. In a variant without it an argument is zero.
void ProgramLowering::loadArguments() {
  std::set<std::string> names = usedArguments(program_);
  std::map<std::string, PHINode*> joined;
  BasicBlock* done = BasicBlock::Create(function_->getContext(), "arguments", function_);
  for (const std::string& name : names) joined[name] = PHINode::Create(argumentType(name), 2, name, done);
  for (const btf::HookVariant& variant : program_.hook.variants) {
    BasicBlock* next = nullptr;
    if (!variant.any_of.empty() && &variant != &program_.hook.variants.back()) {
      BasicBlock* here = block("variant");
      next = block("next");
      builder_.CreateCondBr(variantHolds(variant), here, next);
      builder_.SetInsertPoint(here);
    }
    for (const std::string& name : names) {
      auto place = std::find(variant.arguments.begin(), variant.arguments.end(), name);
      Type* type = joined[name]->getType();
      Value* word = place == variant.arguments.end() ? Constant::getNullValue(type) : contextWord(place - variant.arguments.begin(), type);
      joined[name]->addIncoming(word, builder_.GetInsertBlock());
    }
    builder_.CreateBr(done);
    if (!next) break;
    builder_.SetInsertPoint(next);
  }
  done->moveAfter(builder_.GetInsertBlock());
  builder_.SetInsertPoint(done);
  for (const auto& [name, phi] : joined) arguments_[name] = phi;
}

Type* ProgramLowering::argumentType(const std::string& name) {
  for (const btf::HookArgument& argument : program_.hook.arguments)
    if (argument.name == name && (*decision_.policy.types)[argument.type.value].shape == btf::Shape::Pointer) return builder_.getPtrTy();
  return builder_.getInt64Ty();
}

Loaded ProgramLowering::argument(const decision::Value& value) {
  Value* word = arguments_.at(value.argument);
  return present(word->getType()->isPointerTy() ? word : widen(word, value.type));
}

}  // namespace lsmpc::lower
