#include "compiler/lower/library.h"

#include <llvm/Bitcode/BitcodeReader.h>
#include <llvm/Linker/Linker.h>
#include <llvm/Support/MemoryBuffer.h>

#include <algorithm>
#include <vector>

#include "stdlib/bpf/library_bitcode.h"

namespace lsmpc::lower {

using namespace llvm;

constexpr const char* kLocal = "lsmp-local";  // of functions that were local (stdlib/bpf/prepare.cpp)

Value* callLibrary(IRBuilder<>& builder, const char* function, Type* result, const std::vector<Value*>& arguments) {
  std::vector<Type*> types;
  for (Value* argument : arguments) types.push_back(argument->getType());
  Module* module = builder.GetInsertBlock()->getModule();
  FunctionCallee callee = module->getOrInsertFunction(function, FunctionType::get(result, types, false));
  return builder.CreateCall(callee, arguments);
}

namespace {

constexpr size_t kSimple = 4;  // one walk, one automaton, and what counts and reports

// From a program.
bool hasOneWay(const Function& function) {
  if (!function.hasOneUse()) return false;
  auto* call = dyn_cast<CallInst>(*function.user_begin());
  return call && (!call->getFunction()->getSection().empty() || hasOneWay(*call->getFunction()));
}

// What is verified apart is larger. It is no gain where a program comes there once and in one state, which more than one test is not. What is not
// apart is inline (docs/decisions/0009).
void settleShared(Module& module, bool one_test) {
  std::vector<Function*> shared;
  for (Function& function : module)
    if (!function.isDeclaration() && function.getSection().empty() && !function.hasInternalLinkage() &&
        !function.hasFnAttribute(Attribute::NoInline))
      shared.push_back(&function);
  bool simple =
      one_test && shared.size() <= kSimple && std::all_of(shared.begin(), shared.end(), [](Function* one) { return hasOneWay(*one); });
  for (Function* function : shared) {
    if (simple) function->setLinkage(GlobalValue::InternalLinkage);
    function->addFnAttr(simple ? Attribute::AlwaysInline : Attribute::NoInline);
  }
}

}  // namespace

std::string linkLibrary(Module& module, bool one_test) {
  StringRef bytes(stdlib::libraryBitcode());
  auto parsed = getLazyBitcodeModule(MemoryBufferRef(bytes, "library"), module.getContext());  // only what is linked is read
  if (!parsed) return toString(parsed.takeError());
  std::unique_ptr<Module> library = std::move(*parsed);
  library->setTargetTriple(module.getTargetTriple());
  library->setDataLayout(module.getDataLayout());
  if (Linker::linkModules(module, std::move(library), Linker::LinkOnlyNeeded)) return "the library does not link";
  for (Function& function : module)
    if (function.hasFnAttribute(kLocal) && !function.isDeclaration()) function.setLinkage(GlobalValue::InternalLinkage);
  settleShared(module, one_test);
  return "";
}

}  // namespace lsmpc::lower
