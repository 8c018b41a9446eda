// Large sets as the read-only arrays that the library searches (runtime/abi/set_layout.h).
#pragma once

#include <llvm/IR/Module.h>

#include <cstdint>
#include <vector>

#include "compiler/decision/decision.h"

namespace lsmpc::lower {

// Where each set begins: sets follow each other.
std::vector<uint32_t> setPlaces(const std::vector<decision::Set>& sets);
uint64_t setWords(const std::vector<decision::Set>& sets);

struct Shards {
  uint32_t count = 0;
  uint32_t rest = 0;  // words in the last one
};
Shards defineShards(llvm::Module& module, const std::vector<decision::Set>& sets);

}  // namespace lsmpc::lower
