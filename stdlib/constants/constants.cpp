#include "stdlib/constants/constants.h"

#include <unordered_map>

namespace lsmpc::constants {

// Made at build time by generate.cpp.
extern const Constant kTable[];
extern const unsigned long kTableSize;

std::span<const Constant> all() { return {kTable, kTableSize}; }

const Constant* find(std::string_view name) {
  static const auto* index = [] {
    auto* map = new std::unordered_map<std::string_view, const Constant*>;
    for (const Constant& constant : all()) map->emplace(constant.name, &constant);
    return map;
  }();
  auto found = index->find(name);
  return found == index->end() ? nullptr : found->second;
}

}  // namespace lsmpc::constants
