// The map in which each rule's decisions are counted (stdlib/bpf/hits.bpf.c).
#pragma once

#include <llvm/IR/DIBuilder.h>
#include <llvm/IR/Module.h>

namespace lsmpc::lower {

// Processors take the banks in turn, so that those that decide by the same rule at the same time do not wait for each other. A power of two. Where rules are many,
// one bank: each has its own line of memory nearly, and a bank is larger than what a policy's other maps take.
uint32_t banksOf(size_t rules);

void defineHits(llvm::Module& module, llvm::DIBuilder& debug, llvm::DICompileUnit* unit, size_t rules);

}  // namespace lsmpc::lower
