// Hash and displace: strings fall into small buckets by one hash; each bucket, the fullest first, gets the first displacement that sends
// all of its strings to free entries.
#include "compiler/match/string_table.h"

#include <algorithm>
#include <numeric>
#include <optional>

#include "compiler/match/text_word.h"
#include "runtime/abi/set_layout.h"

namespace lsmpc::match {
namespace {

constexpr size_t kPerBucket = 4;
constexpr uint64_t kMaxDisplacement = 1u << 20;
constexpr size_t kHeaderWords = 2;

uint64_t hashOf(std::string_view text, uint64_t salt) { return lsmp_hashed(text.data(), text.size(), salt); }

class Placement {
 public:
  Placement(const std::vector<std::string>& strings, uint64_t salt)
      : displacements(std::max<size_t>(1, strings.size() / kPerBucket)),
        entries(strings.size() + strings.size() / 32 + 1, kFree),
        buckets_(displacements.size()) {
    for (const std::string& text : strings) hashes.push_back(hashOf(text, salt));
    for (uint32_t i = 0; i < strings.size(); ++i) buckets_[lsmp_placed(hashes[i], 0, buckets_.size())].push_back(i);
  }

  // False: another salt is needed.
  bool run() {
    std::vector<uint32_t> order(buckets_.size());
    std::iota(order.begin(), order.end(), 0u);
    std::stable_sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) { return buckets_[a].size() > buckets_[b].size(); });
    return std::all_of(order.begin(), order.end(), [&](uint32_t bucket) { return place(bucket); });
  }

  static constexpr uint32_t kFree = ~0u;
  std::vector<uint64_t> hashes, displacements;
  std::vector<uint32_t> entries;  // indices of strings

 private:
  bool place(uint32_t bucket) {
    const std::vector<uint32_t>& strings = buckets_[bucket];
    for (uint64_t displacement = 1; displacement < kMaxDisplacement; ++displacement) {
      size_t done = 0;
      while (done < strings.size()) {
        uint32_t& entry = entries[lsmp_placed(hashes[strings[done]], displacement, entries.size())];
        if (entry != kFree) break;
        entry = strings[done++];
      }
      if (done == strings.size()) {
        displacements[bucket] = displacement;
        return true;
      }
      while (done > 0) entries[lsmp_placed(hashes[strings[--done]], displacement, entries.size())] = kFree;
    }
    return false;
  }

  std::vector<std::vector<uint32_t>> buckets_;
};

std::vector<uint64_t> wordsOf(const Placement& placed, const std::vector<std::string>& strings, uint64_t salt) {
  std::vector<uint64_t> words = {placed.displacements.size() | uint64_t{placed.entries.size()} << 32, salt};
  words.insert(words.end(), placed.displacements.begin(), placed.displacements.end());
  size_t entry = words.size();
  words.resize(entry + placed.entries.size());
  for (uint32_t index : placed.entries) {
    if (index != Placement::kFree) {
      const std::string& text = strings[index];
      words[entry] = words.size() | (text.size() + 1) << 32 | placed.hashes[index] >> 48 << 48;
      for (size_t at = 0; at < text.size(); at += 8) words.push_back(wordAt(text, at));
    }
    ++entry;
  }
  return words;
}

}  // namespace

std::vector<uint64_t> stringTable(const std::vector<std::string>& strings) {
  for (uint64_t salt = 0;; ++salt)
    if (Placement placed(strings, salt); placed.run()) return wordsOf(placed, strings, salt);
}

bool holdsString(const std::vector<uint64_t>& table, std::string_view subject) {
  uint64_t buckets = table[0] & 0xffffffff, hash = hashOf(subject, table[1]);
  uint64_t displacement = table[kHeaderWords + lsmp_placed(hash, 0, buckets)];
  uint64_t entry = table[kHeaderWords + buckets + lsmp_placed(hash, displacement, table[0] >> 32)];
  if (entry >> 48 != hash >> 48 || (entry >> 32 & 0xffff) != subject.size() + 1) return false;
  for (size_t at = 0; at < subject.size(); at += 8)
    if (table[(entry & 0xffffffff) + at / 8] != wordAt(subject, at)) return false;
  return true;
}

}  // namespace lsmpc::match
