// Functions that are the same in every policy become assembly once, when lsmpc is built, so that a build of a policy generates no code for them.
#pragma once
#include <string>

namespace llvm {
class Module;
class TargetMachine;
}  // namespace llvm

namespace lsmpc::stdlib {

// `library` is optimised. Each function that stays one in every policy and in which nothing waits for the policy but constants is left naked, its code the
// text of one piece of inline assembly. What was wrong, or "".
std::string assemble(llvm::Module& library, llvm::TargetMachine& machine);

}  // namespace lsmpc::stdlib
