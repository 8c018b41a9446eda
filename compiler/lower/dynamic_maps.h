// Dynamic sets as maps of the object (runtime/abi/set_layout.h), and the words in which a loader says that it fills them.
#pragma once

#include <llvm/IR/DIBuilder.h>
#include <llvm/IR/Module.h>

#include <vector>

#include "compiler/decision/decision.h"

namespace lsmpc::lower {

void defineMaps(llvm::Module& module, llvm::DIBuilder& debug, llvm::DICompileUnit* unit, const std::vector<decision::Map>& maps);
// Bytes that a value of a set of strings holds.
uint32_t capacityOf(const decision::Map& map);

}  // namespace lsmpc::lower
