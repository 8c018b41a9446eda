// LLVM's pass that makes CO-RE relocations goes through accesses in the order of their addresses, which differ from run to run. Two builds of lsmpc are to be the same.
#pragma once

namespace llvm {
class Module;
}

namespace lsmpc::stdlib {

// Relocations' variables come into the order of their names, each as wide as what loads it, and the numbers that keep accesses apart into the order of the code.
// Policies' code stays what it was.
void orderRelocations(llvm::Module& library);

}  // namespace lsmpc::stdlib
