// LLVM's BPF back end: code generation of one module.
#pragma once

#include <memory>
#include <optional>
#include <string>

namespace llvm {
class Module;
class TargetMachine;
}  // namespace llvm

namespace lsmpc::emit {

// Null only where LLVM was built without the BPF target.
std::unique_ptr<llvm::TargetMachine> bpfMachine();
// Assembly or a relocatable ELF object with DWARF. What the back end refuses stands in `wrong`, in its own words.
std::optional<std::string> generate(llvm::Module& module, llvm::TargetMachine& machine, bool assembly, std::string& wrong);

}  // namespace lsmpc::emit
