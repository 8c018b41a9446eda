// LLVM's passes for a policy that the library is linked into (docs/decisions/0024).
#pragma once

namespace llvm {
class Module;
class TargetMachine;
}  // namespace llvm

namespace lsmpc::emit {

void optimise(llvm::Module& module, llvm::TargetMachine& machine);

}  // namespace lsmpc::emit
