#include "compiler/match/bucket_table.h"

#include <optional>

#include "runtime/abi/path_layout.h"

namespace lsmpc::match {
namespace {

constexpr size_t kSlots = LSMP_PATH_BUCKET_WORDS / 2;
constexpr int kMaxMoves = 500;
constexpr size_t kFullPercent = 70;

class Cuckoo {
 public:
  Cuckoo(const std::vector<BucketEntry>& entries, size_t buckets) : entries_(entries), buckets_(buckets), slots_(buckets * kSlots, kFree) {}

  bool run() {
    for (uint32_t i = 0; i < entries_.size(); ++i)
      if (!place(i)) return false;
    return true;
  }

  std::vector<uint64_t> words() const {
    std::vector<uint64_t> words(slots_.size() * 2);
    for (size_t i = 0; i < slots_.size(); ++i) {
      if (slots_[i] == kFree) continue;
      words[i * 2] = entries_[slots_[i]].key;
      words[i * 2 + 1] = entries_[slots_[i]].value;
    }
    return words;
  }

 private:
  static constexpr uint32_t kFree = ~0u;

  size_t bucket(uint32_t entry, bool second) const {
    uint64_t spread = entries_[entry].spread;
    return lsmp_path_bucket(second ? lsmp_path_second(spread) : spread, buckets_);
  }

  bool put(uint32_t entry, size_t bucket) {
    for (size_t i = 0; i < kSlots; ++i) {
      uint32_t& slot = slots_[bucket * kSlots + i];
      if (slot != kFree) continue;
      slot = entry;
      return true;
    }
    return false;
  }

  // Who finds both buckets full takes the place of another, which goes the same way. Full buckets stay full, so that an entry is in its
  // second bucket only if the first is full.
  bool place(uint32_t entry) {
    for (int moves = 0; moves < kMaxMoves; ++moves) {
      if (put(entry, bucket(entry, false)) || put(entry, bucket(entry, true))) return true;
      random_ = random_ * 6364136223846793005ULL + 1442695040888963407ULL;
      std::swap(entry, slots_[bucket(entry, random_ >> 40 & 1) * kSlots + (random_ >> 33) % kSlots]);
    }
    return false;
  }

  const std::vector<BucketEntry>& entries_;
  size_t buckets_;
  std::vector<uint32_t> slots_;
  uint64_t random_ = 1;
};

}  // namespace

std::vector<uint64_t> bucketTable(const std::vector<BucketEntry>& entries) {
  if (entries.empty()) return {};
  for (size_t buckets = entries.size() * 100 / (kSlots * kFullPercent) + 1;; buckets += buckets / 16 + 1)
    if (Cuckoo table(entries, buckets); table.run()) return table.words();
}

}  // namespace lsmpc::match
