#include "compiler/lower/library.h"

#include <llvm/Bitcode/BitcodeReader.h>
#include <llvm/Linker/Linker.h>
#include <llvm/Support/MemoryBuffer.h>

#include <vector>

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

std::string linkLibrary(Module& module, stdlib::Fit fit) {
  StringRef bytes(stdlib::libraryBitcode(fit));
  auto parsed = getLazyBitcodeModule(MemoryBufferRef(bytes, "library"), module.getContext());  // only what is linked is read
  if (!parsed) return toString(parsed.takeError());
  std::unique_ptr<Module> library = std::move(*parsed);
  library->setTargetTriple(module.getTargetTriple());
  library->setDataLayout(module.getDataLayout());
  if (Linker::linkModules(module, std::move(library), Linker::LinkOnlyNeeded)) return "the library does not link";
  for (Function& function : module)
    if (function.hasFnAttribute(kLocal) && !function.isDeclaration()) function.setLinkage(GlobalValue::InternalLinkage);
  return "";
}

}  // namespace lsmpc::lower
