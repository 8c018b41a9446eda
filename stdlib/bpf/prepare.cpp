// prepare IN.bc OUT.bc [NAME=NUMBER…]: the library's bitcode, as clang wrote it, made ready at build time to be linked into policies:
// without lines and variables, optimised as far as it can be without the policy (marked `lsmp-optimised` where it is not inline), its local functions visible
// (marked `lsmp-local`). With numbers, which the policy gives else, it is fitted with these, and what no other policy changes is assembly.
#include <llvm/Bitcode/BitcodeReader.h>
#include <llvm/Bitcode/BitcodeWriter.h>
#include <llvm/IR/DebugInfo.h>
#include <llvm/IR/DebugInfoMetadata.h>
#include <llvm/IR/IntrinsicInst.h>
#include <llvm/IR/LLVMContext.h>
#include <llvm/IR/Module.h>
#include <llvm/IR/Verifier.h>
#include <llvm/MC/TargetRegistry.h>
#include <llvm/Passes/PassBuilder.h>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Support/raw_ostream.h>
#include <llvm/Target/TargetMachine.h>

#include "stdlib/bpf/assembled.h"
#include "stdlib/bpf/ordered.h"

extern "C" {
void LLVMInitializeBPFTargetInfo();
void LLVMInitializeBPFTarget();
void LLVMInitializeBPFTargetMC();
void LLVMInitializeBPFAsmPrinter();
}

namespace {

using namespace llvm;
namespace stdlib = lsmpc::stdlib;

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
        updateLoopMetadataDebugLocations(instruction, [](Metadata* part) { return isa<DILocation>(part) ? nullptr : part; });
        if (isa<DbgInfoIntrinsic>(&instruction))
          instruction.eraseFromParent();
        else if (instruction.getDebugLoc()) instruction.setDebugLoc(place);
      }
  }
}

void expose(Module& library) {
  for (Function& function : library) {
    for (const char* attribute : {"target-cpu", "target-features"}) function.removeFnAttr(attribute);  // else nothing is inlined into policies
    if (!function.hasInternalLinkage()) continue;
    function.setLinkage(GlobalValue::ExternalLinkage);
    function.addFnAttr("lsmp-local");
    if (!function.hasFnAttribute(Attribute::NoInline)) function.addFnAttr(Attribute::AlwaysInline);
  }
  for (GlobalVariable& variable : library.globals())  // only maps and kernel symbols are found by their BTF
    if (!variable.getSection().starts_with(".maps") && !variable.getSection().starts_with(".ksyms")) variable.eraseMetadata(LLVMContext::MD_dbg);
  for (const char* list : {"llvm.used", "llvm.compiler.used"})  // kept because policies may call it: the linker knows what they call
    if (GlobalVariable* used = library.getGlobalVariable(list)) used->eraseFromParent();
}

// "": all of them are the library's.
std::string fit(Module& library, ArrayRef<char*> numbers) {
  for (StringRef assignment : numbers) {
    auto [name, text] = assignment.split('=');
    GlobalVariable* variable = library.getGlobalVariable(name);
    unsigned number = 0;
    if (!variable || text.getAsInteger(10, number)) return ("no number of the library: " + assignment).str();
    variable->setInitializer(ConstantInt::get(variable->getValueType(), number));
    variable->setLinkage(GlobalValue::InternalLinkage);
  }
  return "";
}

bool isInline(const Function& function) { return function.hasFnAttribute(Attribute::AlwaysInline); }

// What has no lines of its own is of the policy's line that it becomes a part of.
void forgetInline(Module& library) {
  for (Function& function : library)
    if (isInline(function)) stripDebugInfo(function);
}

// Once for all policies.
void optimise(Module& library, TargetMachine& machine) {
  LoopAnalysisManager loops;
  FunctionAnalysisManager functions;
  CGSCCAnalysisManager calls;
  ModuleAnalysisManager modules;
  PassBuilder passes(&machine);
  machine.registerPassBuilderCallbacks(passes);
  passes.registerModuleAnalyses(modules);
  passes.registerCGSCCAnalyses(calls);
  passes.registerFunctionAnalyses(functions);
  passes.registerLoopAnalyses(loops);
  passes.crossRegisterProxies(loops, functions, calls, modules);
  passes.buildPerModuleDefaultPipeline(OptimizationLevel::O2).run(library, modules);
  for (Function& function : library)
    if (!function.isDeclaration() && !isInline(function)) function.addFnAttr("lsmp-optimised");
}

std::unique_ptr<TargetMachine> bpfMachine() {
  LLVMInitializeBPFTargetInfo();
  LLVMInitializeBPFTarget();
  LLVMInitializeBPFTargetMC();
  LLVMInitializeBPFAsmPrinter();
  std::string error;
  const Target* target = TargetRegistry::lookupTarget("bpfel", error);
  if (!target) return nullptr;
  TargetOptions options;
  options.DisableIntegratedAS = true;  // inline assembly comes out as it is written
  return std::unique_ptr<TargetMachine>(target->createTargetMachine("bpfel", "v3", "", options, Reloc::Static));
}

int fail(const Twine& why) {
  errs() << "prepare: " << why << "\n";
  return 1;
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 3) return fail("usage: prepare IN.bc OUT.bc [NAME=NUMBER…]");
  ArrayRef<char*> numbers(arguments + 3, count - 3);
  auto bytes = MemoryBuffer::getFile(arguments[1]);
  if (!bytes) return fail(bytes.getError().message());
  std::unique_ptr<TargetMachine> machine = bpfMachine();
  if (!machine) return fail("LLVM has no BPF");
  LLVMContext context;
  auto library = parseBitcodeFile(**bytes, context);
  if (!library) return fail(toString(library.takeError()));
  forgetLines(**library);
  expose(**library);
  if (std::string wrong = fit(**library, numbers); !wrong.empty()) return fail(wrong);
  optimise(**library, *machine);
  stdlib::orderRelocations(**library);
  if (std::string wrong = numbers.empty() ? "" : stdlib::assemble(**library, *machine); !wrong.empty()) return fail(wrong);
  forgetInline(**library);
  if (verifyModule(**library, &errs())) return fail("the library is not valid");
  std::error_code error;
  raw_fd_ostream out(arguments[2], error);
  if (error) return fail(error.message());
  WriteBitcodeToFile(**library, out);
  return 0;
}
