// Decision → LLVM module with CO-RE accesses, maps and debug info. Mechanical.
#pragma once

#include <memory>

#include "compiler/decision/decision.h"
#include "compiler/diag/diagnostic.h"

namespace llvm {
class LLVMContext;
class Module;
}  // namespace llvm

namespace lsmpc::lower {

std::unique_ptr<llvm::Module> lowerModule(const decision::Decision& decision, llvm::LLVMContext& context, diag::Emitter& emitter);

}  // namespace lsmpc::lower
