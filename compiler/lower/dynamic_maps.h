// Dynamic sets as maps of the object (runtime/abi/set_layout.h).
#pragma once

#include <llvm/IR/DIBuilder.h>
#include <llvm/IR/Module.h>

#include <string>
#include <vector>

#include "compiler/decision/decision.h"

namespace lsmpc::lower {

void defineMaps(llvm::Module& module, llvm::DIBuilder& debug, llvm::DICompileUnit* unit, const std::vector<decision::Map>& maps);
// The global function that looks for a slot's string in the map of that number, which holds strings: it is verified once, not for each
// state of each program that asks.
std::string lookOf(uint32_t map);

}  // namespace lsmpc::lower
