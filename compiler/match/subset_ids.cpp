#include "compiler/match/subset_ids.h"

#include <algorithm>

#include "runtime/abi/set_layout.h"

namespace lsmpc::match {

void SubsetIds::clear() {
  pool_.clear();
  hashes_.clear();
  begin_.assign(1, 0);
  slots_.assign(64, 0);
}

std::pair<uint32_t, bool> SubsetIds::add(std::span<const uint32_t> set) {
  uint64_t hash = set.size();
  for (uint32_t number : set) hash = lsmp_mixed(hash, number);
  size_t mask = slots_.size() - 1, slot = (hash >> 32) & mask;
  for (; slots_[slot] != 0; slot = (slot + 1) & mask) {
    uint32_t id = slots_[slot] - 1;
    if (hashes_[id] == hash && std::ranges::equal((*this)[id], set)) return {id, false};
  }
  uint32_t id = size();
  slots_[slot] = id + 1;
  hashes_.push_back(hash);
  pool_.insert(pool_.end(), set.begin(), set.end());
  begin_.push_back(static_cast<uint32_t>(pool_.size()));
  if (size() * 2 > slots_.size()) grow();
  return {id, true};
}

void SubsetIds::grow() {
  slots_.assign(slots_.size() * 2, 0);
  size_t mask = slots_.size() - 1;
  for (uint32_t id = 0; id < size(); ++id) {
    size_t slot = (hashes_[id] >> 32) & mask;
    while (slots_[slot] != 0) slot = (slot + 1) & mask;
    slots_[slot] = id + 1;
  }
}

}  // namespace lsmpc::match
