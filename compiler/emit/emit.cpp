#include "compiler/emit/emit.h"

#include <llvm/IR/LLVMContext.h>
#include <llvm/IR/Module.h>
#include <llvm/Support/raw_ostream.h>
#include <llvm/Target/TargetMachine.h>

#include "compiler/emit/child.h"
#include "compiler/emit/machine.h"
#include "compiler/emit/object.h"
#include "compiler/lower/lower.h"

namespace lsmpc::emit {
namespace {

std::string print(const llvm::Module& module) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  module.print(stream, nullptr);
  return text;
}

}  // namespace

std::optional<std::string> emitObject(const decision::Decision& decision, Stage stage, diag::Emitter& emitter) {
  base::Range range = decision.policy.rules.front().range;
  auto machine = bpfMachine();
  if (!machine) {
    emitter.report(diag::Kind::CodeFault, range, "this LLVM has no BPF target");
    return std::nullopt;
  }
  llvm::LLVMContext context;
  auto module = lower::lowerModule(decision, context, emitter);
  if (!module) return std::nullopt;
  if (stage == Stage::Llvm) return print(*module);
  // LLVM's BPFAbstractMemberAccess keeps the globals of one module in a static map and uses them in the next, where they
  // dangle: each module is finished in a process of its own.
  ChildResult finished = runInChild([&](std::string& wrong) -> std::optional<std::string> {
    optimise(*module, *machine);
    return stage == Stage::LlvmOptimised ? print(*module) : generate(*module, *machine, stage == Stage::Assembly, wrong);
  });
  std::string wrong = finished.wrong;
  const std::optional<std::string>& code = finished.output;
  if (finished.died) {
    emitter.report(diag::Kind::CodeFault, range, wrong);
    return std::nullopt;
  }
  if (!code) {
    emitter.report(diag::Kind::ProgramTooLarge, range, wrong).hint("split the policy, or join its rules with sets and globs");
    return std::nullopt;
  }
  if (stage != Stage::Object) return code;
  std::string object = finishObject(*code, manifest(decision), wrong);
  if (!wrong.empty()) {
    emitter.report(diag::Kind::CodeFault, range, wrong);
    return std::nullopt;
  }
  return object;
}

}  // namespace lsmpc::emit
