#include "compiler/emit/optimise.h"

#include <llvm/IR/Instructions.h>
#include <llvm/IR/Module.h>
#include <llvm/Passes/PassBuilder.h>
#include <llvm/Target/TargetMachine.h>
#include <llvm/Transforms/IPO/AlwaysInliner.h>
#include <llvm/Transforms/IPO/GlobalDCE.h>
#include <llvm/Transforms/InstCombine/InstCombine.h>
#include <llvm/Transforms/Scalar/ADCE.h>
#include <llvm/Transforms/Scalar/DeadStoreElimination.h>
#include <llvm/Transforms/Scalar/EarlyCSE.h>
#include <llvm/Transforms/Scalar/GVN.h>
#include <llvm/Transforms/Scalar/InstSimplifyPass.h>
#include <llvm/Transforms/Scalar/JumpThreading.h>
#include <llvm/Transforms/Scalar/SCCP.h>
#include <llvm/Transforms/Scalar/SROA.h>
#include <llvm/Transforms/Scalar/SimplifyCFG.h>

#include "runtime/abi/layout.h"

namespace lsmpc::emit {
namespace {

using namespace llvm;

constexpr const char* kOptimised = "lsmp-optimised";  // functions of the library (stdlib/bpf/prepare.cpp)
const OptimizationLevel kLevel = OptimizationLevel::O2;

// In the order in which LLVM wants them, which is that of their ends in reverse.
struct Analyses {
  LoopAnalysisManager loops;
  FunctionAnalysisManager functions;
  CGSCCAnalysisManager calls;
  ModuleAnalysisManager modules;

  explicit Analyses(PassBuilder& passes) {
    passes.registerModuleAnalyses(modules);
    passes.registerCGSCCAnalyses(calls);
    passes.registerFunctionAnalyses(functions);
    passes.registerLoopAnalyses(loops);
    passes.crossRegisterProxies(loops, functions, calls, modules);
  }
};

// What the target does before all else: accesses of kernel structures become relocations.
ModulePassManager beginning(PassBuilder& builder) {
  ModulePassManager passes;
  builder.invokePipelineStartEPCallbacks(passes, kLevel);
  builder.invokePipelineEarlySimplificationEPCallbacks(passes, kLevel);
  passes.addPass(AlwaysInlinerPass());
  passes.addPass(GlobalDCEPass());
  return passes;
}

// What is of the library is optimised already: the policy's constants settle something, and no more.
FunctionPassManager folding() {
  FunctionPassManager passes;
  passes.addPass(EarlyCSEPass());
  passes.addPass(SCCPPass());
  passes.addPass(SimplifyCFGPass());
  passes.addPass(InstSimplifyPass());
  passes.addPass(ADCEPass());
  return passes;
}

// A program, which what is inline has become a part of.
FunctionPassManager whole(PassBuilder& builder) {
  FunctionPassManager passes;
  passes.addPass(SROAPass(SROAOptions::ModifyCFG));
  passes.addPass(EarlyCSEPass(true));
  passes.addPass(SCCPPass());
  passes.addPass(SimplifyCFGPass());
  passes.addPass(InstCombinePass());
  builder.invokePeepholeEPCallbacks(passes, kLevel);
  passes.addPass(JumpThreadingPass());  // without it programs of several tests are twice as large
  passes.addPass(GVNPass());
  passes.addPass(JumpThreadingPass());  // without this one they take more of the stack
  passes.addPass(DSEPass());
  passes.addPass(ADCEPass());
  builder.invokeScalarOptimizerLateEPCallbacks(passes, kLevel);
  passes.addPass(SimplifyCFGPass(SimplifyCFGOptions().hoistCommonInsts(true).sinkCommonInsts(true)));
  passes.addPass(InstCombinePass());
  return passes;
}

// What LLVM leaves undefined where it is not used may still be copied or spilled, and the verifier refuses a register that nothing was written to.
void defineAll(Module& module) {
  for (Function& function : module)
    for (BasicBlock& block : function)
      for (PHINode& phi : block.phis())
        for (Use& value : phi.incoming_values())
          if (isa<UndefValue>(value.get())) value.set(Constant::getNullValue(phi.getType()));
}

// Maps that the policy turned out not to use, but for those that every loader looks for.
void dropUnusedMaps(Module& module) {
  for (GlobalVariable& variable : make_early_inc_range(module.globals())) {
    bool fixed = variable.getName() == LSMP_MAP_EVENTS || variable.getName() == LSMP_MAP_COUNTERS;
    if (variable.getSection() == ".maps" && variable.use_empty() && !fixed) variable.eraseFromParent();
  }
}

}  // namespace

void optimise(Module& module, TargetMachine& machine) {
  PassBuilder builder(&machine);
  machine.registerPassBuilderCallbacks(builder);
  Analyses analyses(builder);
  beginning(builder).run(module, analyses.modules);
  FunctionPassManager fold = folding(), all = whole(builder);
  for (Function& function : module)
    if (!function.isDeclaration()) (function.hasFnAttribute(kOptimised) ? fold : all).run(function, analyses.functions);
  GlobalDCEPass().run(module, analyses.modules);
  defineAll(module);
  dropUnusedMaps(module);
}

}  // namespace lsmpc::emit
