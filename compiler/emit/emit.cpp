#include "compiler/emit/emit.h"

#include <llvm/IR/LLVMContext.h>
#include <llvm/IR/Module.h>
#include <llvm/Support/ErrorHandling.h>
#include <llvm/Support/raw_ostream.h>
#include <llvm/Target/TargetMachine.h>

#include <cstring>

#include "compiler/emit/guard.h"
#include "compiler/emit/machine.h"
#include "compiler/emit/object.h"
#include "compiler/emit/optimise.h"
#include "compiler/emit/stack.h"
#include "compiler/lower/lower.h"

namespace lsmpc::emit {
namespace {

std::string print(const llvm::Module& module) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  module.print(stream, nullptr);
  return text;
}

// What is left of a local function would be verified in a frame below its caller's: older verifiers delete code behind it (docs/decisions/0009).
void refuseLocalFunctions(const llvm::Module& module) {
  for (const llvm::Function& function : module)
    if (!function.isDeclaration() && function.hasLocalLinkage())
      llvm::report_fatal_error(function.getName() + " is neither inline nor global", false);
}

const policy::Rule& firstRule(const decision::Decision& decision, const std::string& hook) {
  for (const decision::Program& program : decision.programs)
    if (program.hook.name == hook) return decision.policy.rules[program.steps.front().rule];
  return decision.policy.rules.front();
}

// What the verifier would refuse.
bool fitsStack(const decision::Decision& decision, const std::string& object, diag::Emitter& emitter) {
  auto depths = callDepths(object);
  if (!depths) {
    emitter.report(diag::Kind::CodeFault, decision.policy.rules.front().range, "its own object cannot be read");
    return false;
  }
  bool fits = true;
  for (const CallDepth& depth : *depths) {
    if (depth.fits()) continue;
    fits = false;
    std::string hook = depth.program.substr(strlen("lsmp_"));
    emitter
        .report(diag::Kind::StackTooDeep, firstRule(decision, hook).range, hook, std::to_string(depth.bytes), std::to_string(kStackBytes))
        .hint("split the rules on this hook over two policies, or ask for fewer attributes");
  }
  return fits;
}

// A module, and what holds its types and constants.
struct Unit {
  llvm::LLVMContext context;
  std::unique_ptr<llvm::Module> module;
};

}  // namespace

std::optional<std::string> emitObject(const decision::Decision& decision, Stage stage, Finish finish, diag::Emitter& emitter) {
  base::Range range = decision.policy.rules.front().range;
  auto machine = bpfMachine();
  if (!machine) {
    emitter.report(diag::Kind::CodeFault, range, "this LLVM has no BPF target");
    return std::nullopt;
  }
  auto unit = std::make_unique<Unit>();
  unit->module = lower::lowerModule(decision, unit->context, emitter);
  if (!unit->module) return std::nullopt;
  if (stage == Stage::Llvm) return print(*unit->module);
  static bool finished_here = false;
  if (finished_here) {  // else code would come of it that is another
    emitter.report(diag::Kind::CodeFault, range, "a module was to be the last one of this process, and there is another");
    return std::nullopt;
  }
  finished_here = finish == Finish::Here;
  auto run = finish == Finish::Here ? runGuarded : runInChild;
  WorkResult code = run([&](std::string& wrong) -> std::optional<std::string> {
    optimise(*unit->module, *machine);
    refuseLocalFunctions(*unit->module);
    return stage == Stage::LlvmOptimised ? print(*unit->module) : generate(*unit->module, *machine, stage == Stage::Assembly, wrong);
  });
  if (finish == Finish::Here) static_cast<void>(unit.release(), machine.release());  // the process ends soon, or they are broken
  if (code.died) {
    emitter.report(diag::Kind::CodeFault, range, code.wrong);
    return std::nullopt;
  }
  if (!code.output) {
    emitter.report(diag::Kind::ProgramTooLarge, range, code.wrong).hint("split the policy, or join its rules with sets and globs");
    return std::nullopt;
  }
  if (stage != Stage::Object) return code.output;
  if (!fitsStack(decision, *code.output, emitter)) return std::nullopt;
  std::string wrong;
  std::string object = finishObject(*code.output, manifest(decision), firstElements(decision), wrong);
  if (!wrong.empty()) {
    emitter.report(diag::Kind::CodeFault, range, wrong);
    return std::nullopt;
  }
  return object;
}

}  // namespace lsmpc::emit
