// LLVM module → bytes: BPF object without DWARF, with the manifest section; LLVM text; assembly.
#pragma once

#include <optional>
#include <string>

#include "compiler/decision/decision.h"
#include "compiler/diag/diagnostic.h"

namespace lsmpc::emit {

enum class Stage { Llvm, LlvmOptimised, Assembly, Object };

// lower + optimise + codegen. Byte for byte the same for the same decision. Hides LLVM from the driver.
std::optional<std::string> emitObject(const decision::Decision& decision, Stage stage, diag::Emitter& emitter);

// The JSON of section .lsmp.manifest (runtime/abi/manifest.md).
std::string manifest(const decision::Decision& decision);

}  // namespace lsmpc::emit
