#include "compiler/lower/library.h"

#include <llvm/Bitcode/BitcodeReader.h>
#include <llvm/IR/DebugInfo.h>
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

// A local function is called by what it is: the verifier looks at each call, not at its prototype.
void forgetPrototype(DISubprogram& subprogram) {
  if (!subprogram.isLocalToUnit()) return;
  LLVMContext& context = subprogram.getContext();
  subprogram.replaceType(DISubroutineType::get(context, DINode::FlagZero, 0, DITypeRefArray(MDTuple::get(context, {nullptr}))));
  subprogram.replaceRetainedNodes(MDTuple::get(context, {}));
}

// One place for a whole function, with no text: the compiler must not look for the C file where it happens to run.
void forgetLines(Module& library) {
  auto* nowhere = DIFile::get(library.getContext(), "lsmpc", ".", std::nullopt, StringRef(""));
  for (Function& function : library) {
    DISubprogram* subprogram = function.getSubprogram();
    if (!subprogram) continue;
    subprogram->replaceOperandWith(0, nowhere);
    forgetPrototype(*subprogram);
    auto* place = DILocation::get(library.getContext(), 0, 0, subprogram);
    for (BasicBlock& block : function)
      for (Instruction& instruction : make_early_inc_range(block)) {
        instruction.dropDbgRecords();
        updateLoopMetadataDebugLocations(instruction, [](Metadata* part) { return isa<DILocation>(part) ? nullptr : part; });
        if (isa<DbgInfoIntrinsic>(&instruction))
          instruction.eraseFromParent();
        else if (instruction.getDebugLoc()) instruction.setDebugLoc(place);
      }
  }
}

// Local functions, visible while they are linked: what they are called.
std::vector<std::string> expose(Module& library) {
  std::vector<std::string> names;
  for (Function& function : library) {
    for (const char* attribute : {"target-cpu", "target-features"}) function.removeFnAttr(attribute);  // else nothing is inlined into policies
    if (function.hasInternalLinkage()) {
      function.setLinkage(GlobalValue::ExternalLinkage);
      names.push_back(function.getName().str());
    }
  }
  for (GlobalVariable& variable : library.globals())  // only maps and kernel symbols are found by their BTF
    if (!variable.getSection().starts_with(".maps") && !variable.getSection().starts_with(".ksyms")) variable.eraseMetadata(LLVMContext::MD_dbg);
  for (const char* list : {"llvm.used", "llvm.compiler.used"})  // kept because policies may call it: now we know what they call
    if (GlobalVariable* used = library.getGlobalVariable(list)) used->eraseFromParent();
  return names;
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
  std::vector<std::string> local = expose(*library);
  if (Linker::linkModules(module, std::move(library), Linker::LinkOnlyNeeded)) return "the library does not link";
  for (const std::string& name : local)
    if (Function* function = module.getFunction(name); function && !function->isDeclaration())
      function->setLinkage(GlobalValue::InternalLinkage);
  return "";
}

}  // namespace lsmpc::lower
