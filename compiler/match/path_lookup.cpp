// From the root on, a component at a time, without recursion or memory beside the active nodes, as a BPF program has to do it.
#include "compiler/match/path_lookup.h"

#include <array>
#include <bit>
#include <cstring>

#include "compiler/match/rule_lists.h"
#include "compiler/match/text_word.h"
#include "runtime/abi/path_layout.h"

namespace lsmpc::match {
namespace {

constexpr uint64_t kHalf = 0xffffffff;

class Lookup {
 public:
  Lookup(const std::vector<uint64_t>& table, uint64_t signatures) : table_(table), signatures_(signatures | 1) {}

  PathAnswer run(std::string_view path) {
    if (path.empty()) {
      count(static_cast<uint32_t>(table_[LSMP_PATH_SELF]));
    } else if (path == "/") {
      count(static_cast<uint32_t>(table_[LSMP_PATH_SELF] >> 32));
    } else {
      answer_.unresolved = !walk(path);
    }
    if (best_ != kNone && !answer_.unresolved) answer_.rule = best_;
    return answer_;
  }

 private:
  static constexpr uint32_t kNone = ~0u;

  const uint64_t* section(int header) const { return table_.data() + static_cast<uint32_t>(table_[static_cast<size_t>(header)]); }
  uint64_t sizeOf(int header) const { return table_[static_cast<size_t>(header)] >> 32; }

  bool walk(std::string_view path) {
    if (path[0] != '/' || path.size() > LSMP_PATH_TEXT) return false;
    int components = 0;
    active_[0] = 0;
    active_count_ = 1;
    for (size_t begin = 1; begin <= path.size();) {
      size_t end = std::min(path.find('/', begin), path.size());
      name_ = path.substr(begin, end - begin);
      if (name_.empty() || name_.size() > LSMP_PATH_NAME || ++components > LSMP_PATH_COMPONENTS) return false;
      hash_ = lsmp_path_hashed(name_.data(), name_.size());
      last_ = end == path.size();
      if (!step()) return false;
      begin = end + 1;
    }
    if (mayBeWhole(path)) findExact(path, lsmp_path_hashed(path.data(), path.size()));
    return true;
  }

  bool step() {
    std::array<uint32_t, LSMP_PATH_ACTIVE> now = active_;
    uint32_t count = active_count_;
    active_count_ = 0;
    for (uint32_t i = 0; i < count; ++i) stepFrom(now[i]);
    answer_.most_active = std::max(answer_.most_active, active_count_);
    return active_count_ <= LSMP_PATH_ACTIVE;
  }

  void stepFrom(uint32_t node) {
    if (node >= sizeOf(LSMP_PATH_RECORDS)) return findEdge(node);
    const uint64_t* record = section(LSMP_PATH_RECORDS) + node * LSMP_PATH_RECORD_WORDS;
    uint32_t flags = static_cast<uint32_t>(record[3]);
    this->count(static_cast<uint32_t>(record[1]));
    push(static_cast<uint32_t>(record[0]), false);
    push(static_cast<uint32_t>(record[0] >> 32), true);
    if (flags & LSMP_PATH_LOOPS) push(node, true);
    if (record[2] & kHalf) {
      takeName(record[2]);
      const uint64_t* more = section(LSMP_PATH_MORE) + (record[3] >> 32);
      for (uint32_t i = 0; i < flags >> LSMP_PATH_MORE_SHIFT; ++i) takeName(more[i]);
    }
    if (flags & LSMP_PATH_HAS_EDGES) findEdge(node);
  }

  // Only nodes that loop, and what leads to them, can come twice.
  void push(uint32_t target, bool twice) {
    if (target == 0) return;
    if (target >= LSMP_PATH_HERE) {
      if (target & (last_ ? LSMP_PATH_HERE : LSMP_PATH_BELOW)) count(target & (LSMP_PATH_HERE - 1));
      return;
    }
    if (last_) {
      if (target < sizeOf(LSMP_PATH_RECORDS))
        count(static_cast<uint32_t>(section(LSMP_PATH_RECORDS)[target * LSMP_PATH_RECORD_WORDS + 1] >> 32));
      return;
    }
    for (uint32_t i = 0; twice && i < std::min<uint32_t>(active_count_, LSMP_PATH_ACTIVE); ++i)
      if (active_[i] == target) return;
    if (active_count_ < LSMP_PATH_ACTIVE) active_[active_count_] = target;
    ++active_count_;
  }

  void count(uint32_t result) {
    if (auto rule = ruleOf(result, section(LSMP_PATH_LISTS), signatures_)) best_ = std::min(best_, *rule);
  }

  uint64_t stateWord(uint64_t state) const { return section(LSMP_PATH_STATES)[state]; }

  // Whether `state` itself has a next state for the class.
  bool follow(uint64_t state, uint8_t cls, uint64_t& next) const {
    uint64_t word = stateWord(state), target = word >> LSMP_STATE_BITS & LSMP_STATE_MASK;
    if (word & LSMP_STATE_SINGLE) {
      next = target;
      return (word >> LSMP_STATE_CLASS_SHIFT & 0xff) == cls;
    }
    uint64_t entry = section(LSMP_PATH_ROWS)[target + cls];
    next = entry >> 32;
    return (entry & kHalf) == state;
  }

  // `matcher`: start | first target << 32.
  void takeName(uint64_t matcher) {
    uint64_t state = matcher & kHalf, next;
    const uint8_t* classes = reinterpret_cast<const uint8_t*>(section(LSMP_PATH_CLASSES));
    for (char byte : name_) {
      uint8_t cls = classes[static_cast<unsigned char>(byte)];
      ++answer_.bytes;
      if (!follow(state, cls, next)) {
        uint64_t word = stateWord(state), other = word & LSMP_STATE_MASK;
        if (!(word & LSMP_STATE_FALLS) || !follow(other, cls, next)) next = other;
      }
      if ((state = next) == 0) return;
    }
    if (!(stateWord(state) & LSMP_STATE_ACCEPTS)) return;
    uint64_t accepted = stateWord(state + 1), how_many = accepted >> 32;
    if (how_many == 1) return push(target(matcher >> 32, accepted & kHalf), false);
    for (uint64_t i = 0; i < how_many; ++i) push(target(matcher >> 32, section(LSMP_PATH_ACCEPTING)[(accepted & kHalf) + i]), false);
  }

  uint32_t target(uint64_t first, uint64_t pattern) const {
    uint64_t i = first + pattern;
    return static_cast<uint32_t>(section(LSMP_PATH_TARGETS)[i / 2] >> i % 2 * 32);
  }

  // The value of the entry with `key` whose bytes `same` compares.
  template <class Same>
  uint64_t find(int header, uint64_t spread, uint64_t key, Same same) {
    for (int choice = 0; choice < 2; ++choice, spread = lsmp_path_second(spread)) {
      const uint64_t* bucket = section(header) + lsmp_path_bucket(spread, sizeOf(header)) * LSMP_PATH_BUCKET_WORDS;
      ++answer_.buckets;
      for (int i = 0; i < LSMP_PATH_BUCKET_WORDS; i += 2)
        if (bucket[i] == key && bucket[i + 1] != 0 && same(bucket[i + 1] >> 32)) return bucket[i + 1];
      if (bucket[LSMP_PATH_BUCKET_WORDS - 1] == 0) return 0;
    }
    return 0;
  }

  static bool sameBytes(const uint64_t* words, std::string_view text) { return std::memcmp(words, text.data(), text.size()) == 0; }

  void findEdge(uint32_t node) {
    if (sizeOf(LSMP_PATH_EDGES) == 0) return;
    uint64_t found = find(LSMP_PATH_EDGES, lsmp_path_spread(hash_, node), node | hash_ << 32, [&](uint64_t name) {
      return (name & 0xff) == name_.size() && sameBytes(section(LSMP_PATH_EDGES) + (name >> 8), name_);
    });
    if (found != 0) push(static_cast<uint32_t>(found), false);
  }

  bool mayBeWhole(std::string_view path) const {
    if (sizeOf(LSMP_PATH_EXACT) == 0 || path.size() < LSMP_PATH_END) return sizeOf(LSMP_PATH_EXACT) > 0;
    uint64_t bit = lsmp_path_end(wordAt(path, path.size() - LSMP_PATH_END), path.size(), sizeOf(LSMP_PATH_ENDS));
    return section(LSMP_PATH_ENDS)[bit / 64] >> bit % 64 & 1;
  }

  void findExact(std::string_view path, uint64_t whole) {
    uint64_t found = find(LSMP_PATH_EXACT, lsmp_path_spread(whole, 0), path.size() | whole << 32,
                          [&](uint64_t text) { return sameBytes(section(LSMP_PATH_EXACT) + text, path); });
    if (found != 0) count(static_cast<uint32_t>(found));
  }

  const std::vector<uint64_t>& table_;
  uint64_t signatures_;
  PathAnswer answer_;
  uint32_t best_ = kNone;
  std::array<uint32_t, LSMP_PATH_ACTIVE> active_{};
  uint32_t active_count_ = 0;
  std::string_view name_;
  uint64_t hash_ = 0;
  bool last_ = false;
};

static_assert(std::endian::native == std::endian::little);

}  // namespace

PathAnswer lookupPath(const std::vector<uint64_t>& table, std::string_view path, uint64_t signatures) {
  return Lookup(table, signatures).run(path);
}

}  // namespace lsmpc::match
