#include "compiler/lower/hits.h"

#include "compiler/lower/map_type.h"
#include "runtime/abi/layout.h"

namespace lsmpc::lower {
namespace {

constexpr uint32_t kArray = 2, kMapped = 1u << 10;  // enum bpf_map_type; BPF_F_MMAPABLE: who reads it reads all at once
constexpr uint32_t kBanks = 8;
constexpr size_t kMostBanked = 4096;  // 512 KiB

}  // namespace

uint32_t banksOf(size_t rules) { return rules <= kMostBanked ? kBanks : 1; }

void defineHits(llvm::Module& module, llvm::DIBuilder& debug, llvm::DICompileUnit* unit, size_t rules) {
  MapType(debug, unit)
      .number("type", kArray)
      .number("map_flags", kMapped)
      .number("max_entries", banksOf(rules) * static_cast<uint32_t>(rules))
      .number("key_size", 4)
      .number("value_size", sizeof(lsmp_rule_hits))
      .define(module, LSMP_MAP_HITS);
}

}  // namespace lsmpc::lower
