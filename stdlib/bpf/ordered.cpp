#include "stdlib/bpf/ordered.h"

#include <llvm/ADT/STLExtras.h>
#include <llvm/IR/Constants.h>
#include <llvm/IR/DataLayout.h>
#include <llvm/IR/InstIterator.h>
#include <llvm/IR/Instructions.h>
#include <llvm/IR/IntrinsicInst.h>
#include <llvm/IR/IntrinsicsBPF.h>
#include <llvm/IR/Module.h>

#include <vector>

namespace lsmpc::stdlib {
namespace {

using namespace llvm;

bool isRelocation(const GlobalVariable& variable) { return variable.hasAttribute("btf_ama") || variable.hasAttribute("btf_type_id"); }

// An offset is four bytes where it is asked for and eight where it is added to an address; the variable of both is as wide as the first that came.
GlobalVariable* widened(Module& library, GlobalVariable* variable) {
  Type* widest = variable->getValueType();
  for (User* user : variable->users())
    if (auto* load = dyn_cast<LoadInst>(user)) {
      load->setAlignment(library.getDataLayout().getABITypeAlign(load->getType()));
      if (load->getType()->getPrimitiveSizeInBits() > widest->getPrimitiveSizeInBits()) widest = load->getType();
    }
  if (widest == variable->getValueType()) return variable;
  auto* wider = new GlobalVariable(library, widest, variable->isConstant(), variable->getLinkage(), nullptr);
  wider->copyAttributesFrom(variable);
  wider->copyMetadata(variable, 0);
  wider->takeName(variable);
  variable->replaceAllUsesWith(wider);
  variable->eraseFromParent();
  return wider;
}

void orderVariables(Module& library) {
  std::vector<GlobalVariable*> variables;
  for (GlobalVariable& variable : library.globals())
    if (isRelocation(variable)) variables.push_back(&variable);
  for (GlobalVariable*& variable : variables) variable = widened(library, variable);
  sort(variables, [](const GlobalVariable* a, const GlobalVariable* b) { return a->getName() < b->getName(); });
  for (GlobalVariable* variable : variables) {
    library.removeGlobalVariable(variable);
    library.insertGlobalVariable(variable);
  }
}

void orderNumbers(Module& library) {
  uint64_t next = 0;
  for (Function& function : library)
    for (Instruction& instruction : instructions(function))
      if (auto* call = dyn_cast<IntrinsicInst>(&instruction); call && call->getIntrinsicID() == Intrinsic::bpf_passthrough)
        call->setArgOperand(0, ConstantInt::get(call->getArgOperand(0)->getType(), next++));
}

}  // namespace

void orderRelocations(Module& library) {
  orderVariables(library);
  orderNumbers(library);
}

}  // namespace lsmpc::stdlib
