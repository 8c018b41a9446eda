// Large sets and tables as the read-only arrays that the library searches (runtime/abi/set_layout.h, path_layout.h, interval_layout.h).
#pragma once

#include <llvm/IR/Module.h>

#include <cstdint>
#include <vector>

#include "compiler/decision/decision.h"

namespace lsmpc::lower {

struct TablePlace {
  uint32_t table, rows;  // its own words, and one for each row: rule | action << 32 | condition << 40
};
// Sets follow each other, each table of paths begins a page.
struct WordPlaces {
  std::vector<uint32_t> sets;
  std::vector<std::vector<TablePlace>> tables;  // by program
  uint64_t words = 0;
};
WordPlaces placeWords(const decision::Decision& decision);

struct Shards {
  uint32_t count = 0;
  uint32_t rest = 0;  // words in the last one
};
Shards defineShards(llvm::Module& module, const decision::Decision& decision);

}  // namespace lsmpc::lower
