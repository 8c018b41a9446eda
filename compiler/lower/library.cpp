#include "compiler/lower/library.h"

#include <llvm/Bitcode/BitcodeReader.h>
#include <llvm/IR/DebugInfoMetadata.h>
#include <llvm/IR/IntrinsicInst.h>
#include <llvm/Linker/Linker.h>
#include <llvm/Support/MemoryBuffer.h>

#include "stdlib/bpf/library_bitcode.h"

namespace lsmpc::lower {

using namespace llvm;

Value* callLibrary(IRBuilder<>& builder, const char* function, Type* result, std::initializer_list<Value*> arguments) {
  std::vector<Type*> types;
  for (Value* argument : arguments) types.push_back(argument->getType());
  Module* module = builder.GetInsertBlock()->getModule();
  FunctionCallee callee = module->getOrInsertFunction(function, FunctionType::get(result, types, false));
  return builder.CreateCall(callee, std::vector<Value*>(arguments));
}

namespace {

// One place for a whole function, with no text: the compiler must not look for the C file where it happens to run.
void forgetLines(Module& library) {
  auto* nowhere = DIFile::get(library.getContext(), "lsmpc", ".", std::nullopt, StringRef(""));
  for (Function& function : library) {
    DISubprogram* subprogram = function.getSubprogram();
    if (!subprogram) continue;
    subprogram->replaceOperandWith(0, nowhere);
    auto* place = DILocation::get(library.getContext(), 0, 0, subprogram);
    for (BasicBlock& block : function)
      for (Instruction& instruction : make_early_inc_range(block)) {
        instruction.dropDbgRecords();
        if (isa<DbgInfoIntrinsic>(&instruction))
          instruction.eraseFromParent();
        else if (instruction.getDebugLoc()) instruction.setDebugLoc(place);
      }
  }
}

}  // namespace

std::string linkLibrary(Module& module) {
  StringRef bytes(stdlib::libraryBitcode());
  auto parsed = parseBitcodeFile(MemoryBufferRef(bytes, "library"), module.getContext());
  if (!parsed) return toString(parsed.takeError());
  std::unique_ptr<Module> library = std::move(*parsed);
  library->setTargetTriple(module.getTargetTriple());
  library->setDataLayout(module.getDataLayout());
  forgetLines(*library);
  if (Linker::linkModules(module, std::move(library), Linker::LinkOnlyNeeded)) return "the library does not link";
  for (Function& function : module)
    if (function.hasFnAttribute(Attribute::AlwaysInline) && !function.isDeclaration())
      function.setLinkage(GlobalValue::InternalLinkage);
  return "";
}

}  // namespace lsmpc::lower
