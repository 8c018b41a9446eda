// LLVM module → bytes: BPF object without DWARF, with the manifest section; LLVM text; assembly.
#pragma once

#include <optional>
#include <string>

#include "compiler/decision/decision.h"
#include "compiler/diag/diagnostic.h"

namespace lsmpc::emit {

enum class Stage { Llvm, LlvmOptimised, Assembly, Object };

// LLVM's BPFAbstractMemberAccess keeps the globals of one module in a static map and uses them in the next, where they
// dangle: a module before another one is finished in a child, the last one of a process here, which is faster.
enum class Finish { InChild, Here };

// lower + optimise + codegen. Byte for byte the same for the same decision. Hides LLVM from the driver.
std::optional<std::string> emitObject(const decision::Decision& decision, Stage stage, Finish finish, diag::Emitter& emitter);

// The JSON of section .lsmp.manifest (runtime/abi/manifest.md).
std::string manifest(const decision::Decision& decision);
// Section .lsmp.first (runtime/abi/layout.h); empty without dynamic sets.
std::string firstElements(const decision::Decision& decision);

}  // namespace lsmpc::emit
