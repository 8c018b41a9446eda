#include "compiler/emit/machine.h"

#include <llvm/Analysis/LoopInfo.h>
#include <llvm/IR/DiagnosticInfo.h>
#include <llvm/IR/DiagnosticPrinter.h>
#include <llvm/IR/LegacyPassManager.h>
#include <llvm/IR/Module.h>
#include <llvm/MC/TargetRegistry.h>
#include <llvm/Passes/PassBuilder.h>
#include <llvm/Support/raw_ostream.h>
#include <llvm/Target/TargetMachine.h>
#include <llvm/TargetParser/Triple.h>

#include "runtime/abi/layout.h"

extern "C" {
void LLVMInitializeBPFTargetInfo();
void LLVMInitializeBPFTarget();
void LLVMInitializeBPFTargetMC();
void LLVMInitializeBPFAsmPrinter();
void LLVMInitializeBPFAsmParser();
}

namespace lsmpc::emit {
namespace {

using namespace llvm;

constexpr const char* kCpu = "v3";                    // what 5.10 knows
constexpr const char* kOptimised = "lsmp-optimised";  // functions of the library (stdlib/bpf/prepare.cpp)

struct Handler : DiagnosticHandler {
  explicit Handler(std::string& text) : text_(text) {}
  bool handleDiagnostics(const DiagnosticInfo& info) override {
    if (info.getSeverity() != DS_Error || !text_.empty()) return true;
    raw_string_ostream stream(text_);
    DiagnosticPrinterRawOStream printer(stream);
    info.print(printer);
    return true;
  }
  std::string& text_;
};

bool isIdle(StringRef pass) {
  static constexpr StringRef kIdle[] = {
#define LSMPC_IDLE_PASS(name) #name,
#include "compiler/emit/idle_passes.def"
  };
  return is_contained(kIdle, pass);
}

const Function* functionOf(const Any& ir) {
  if (auto* function = any_cast<const Function*>(&ir)) return *function;
  if (auto* loop = any_cast<const Loop*>(&ir)) return (*loop)->getHeader()->getParent();
  return nullptr;
}

bool isSettled(StringRef pass, const Any& ir) {
  static constexpr StringRef kFolding[] = {
#define LSMPC_FOLDING_PASS(name) #name,
#include "compiler/emit/folding_passes.def"
  };
  const Function* function = functionOf(ir);
  return function && function->hasFnAttribute(kOptimised) && !is_contained(kFolding, pass);
}

// Maps that the policy turned out not to use, but for those that every loader looks for.
void dropUnusedMaps(Module& module) {
  for (GlobalVariable& variable : make_early_inc_range(module.globals())) {
    bool fixed = variable.getName() == LSMP_MAP_EVENTS || variable.getName() == LSMP_MAP_COUNTERS;
    if (variable.getSection() == ".maps" && variable.use_empty() && !fixed) variable.eraseFromParent();
  }
}

}  // namespace

std::unique_ptr<TargetMachine> bpfMachine() {
  LLVMInitializeBPFTargetInfo();
  LLVMInitializeBPFTarget();
  LLVMInitializeBPFTargetMC();
  LLVMInitializeBPFAsmPrinter();
  LLVMInitializeBPFAsmParser();  // inline assembly
  std::string error;
  const Target* target = TargetRegistry::lookupTarget("bpfel", error);
  if (!target) return nullptr;
  TargetOptions options;
  return std::unique_ptr<TargetMachine>(
      target->createTargetMachine("bpfel", kCpu, "", options, Reloc::Static, std::nullopt, CodeGenOptLevel::Default));
}

void optimise(Module& module, TargetMachine& machine) {
  LoopAnalysisManager loops;
  FunctionAnalysisManager functions;
  CGSCCAnalysisManager calls;
  ModuleAnalysisManager modules;
  PassInstrumentationCallbacks callbacks;
  callbacks.registerShouldRunOptionalPassCallback([](StringRef pass, Any ir) { return !isIdle(pass) && !isSettled(pass, ir); });
  PipelineTuningOptions tuning;
  tuning.EagerlyInvalidateAnalyses = false;  // what they take is kept from pass to pass: modules are small
  PassBuilder passes(&machine, tuning, std::nullopt, &callbacks);
  machine.registerPassBuilderCallbacks(passes);
  passes.registerModuleAnalyses(modules);
  passes.registerCGSCCAnalyses(calls);
  passes.registerFunctionAnalyses(functions);
  passes.registerLoopAnalyses(loops);
  passes.crossRegisterProxies(loops, functions, calls, modules);
  passes.buildPerModuleDefaultPipeline(OptimizationLevel::O2).run(module, modules);
  dropUnusedMaps(module);
}

std::optional<std::string> generate(Module& module, TargetMachine& machine, bool assembly, std::string& wrong) {
  module.getContext().setDiagnosticHandler(std::make_unique<Handler>(wrong));
  SmallVector<char, 0> bytes;
  raw_svector_ostream stream(bytes);
  legacy::PassManager passes;
  auto kind = assembly ? CodeGenFileType::AssemblyFile : CodeGenFileType::ObjectFile;
  if (machine.addPassesToEmitFile(passes, stream, nullptr, kind)) {
    wrong = "LLVM cannot write BPF objects";
    return std::nullopt;
  }
  passes.run(module);
  if (!wrong.empty()) return std::nullopt;
  return std::string(bytes.begin(), bytes.end());
}

}  // namespace lsmpc::emit
