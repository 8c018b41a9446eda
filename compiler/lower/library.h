// Calls into the C library (stdlib/bpf/lsmp.h), declared while programs are lowered and linked once at the end.
#pragma once

#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/Module.h>

#include <initializer_list>
#include <string>

#include "stdlib/bpf/library_bitcode.h"

namespace lsmpc::lower {

// `result` void or i32.
llvm::Value* callLibrary(llvm::IRBuilder<>& builder, const char* function, llvm::Type* result, const std::vector<llvm::Value*>& arguments);

// Links what the module calls, then prepares it: functions that must vanish are internal, and no line of the library's own
// C stays in the object. `fit`: what is true of the policy. Returns what went wrong, or "".
std::string linkLibrary(llvm::Module& module, stdlib::Fit fit);

}  // namespace lsmpc::lower
