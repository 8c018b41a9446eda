#include "compiler/match/path_table.h"

#include <algorithm>

#include "compiler/match/bucket_table.h"
#include "compiler/match/text_word.h"
#include "runtime/abi/path_layout.h"

namespace lsmpc::match {
namespace {

using Words = std::vector<uint64_t>;

uint64_t hashOf(std::string_view text) { return lsmp_path_hashed(text.data(), text.size()); }

constexpr size_t kBitsOfEnd = 8;  // a path: one in eight others is hashed for nothing

// Zero-padded, within a page. The place.
uint64_t appendBytes(Words& words, std::string_view text) {
  size_t needed = (text.size() + 7) / 8, left = LSMP_PATH_PAGE - words.size() % LSMP_PATH_PAGE;
  if (needed > left) words.resize(words.size() + left);
  uint64_t place = words.size();
  words.resize(words.size() + needed);
  for (size_t i = 0; i < needed; ++i) words[place + i] = wordAt(text, i * 8);
  return place;
}

class TableWriter {
 public:
  TableWriter(const PathTableParts& parts, const RuleLists& lists, PathSizes& sizes) : parts_(parts), lists_(lists), sizes_(sizes) {}

  Words run() {
    words_.assign(LSMP_PATH_HEADER_WORDS, 0);
    words_[LSMP_PATH_SELF] = parts_.nothing | uint64_t{parts_.root} << 32;
    number();
    writeRecords();
    writeEdges();
    writeExact();
    writeMatchers();
    place(LSMP_PATH_LISTS, lists_.words(), lists_.words().size());
    sizes_.bytes = words_.size() * 8;
    return std::move(words_);
  }

 private:
  // Within one page if it fits into one, else from the start of one on.
  void place(lsmp_path_header header, const Words& section, uint64_t count) {
    size_t left = LSMP_PATH_PAGE - words_.size() % LSMP_PATH_PAGE;
    if (section.size() > left) words_.resize(words_.size() + left);
    words_[header] = words_.size() | count << 32;
    words_.insert(words_.end(), section.begin(), section.end());
    words_.resize((words_.size() + LSMP_PATH_BUCKET_WORDS - 1) / LSMP_PATH_BUCKET_WORDS * LSMP_PATH_BUCKET_WORDS);
  }

  bool needsRecord(uint32_t id) const {
    const TrieNode& node = parts_.trie.nodes()[id];
    return id == 0 || node.any != 0 || node.many != 0 || node.here != 0 || node.below != 0 || node.loops || !parts_.trie.wilds(id).empty();
  }

  // Nodes with a record first, the root before all. Leaves have no number.
  void number() {
    uint32_t count = static_cast<uint32_t>(parts_.trie.nodes().size()), next = 0;
    numbers_.resize(count);
    for (bool with : {true, false}) {
      for (uint32_t id = 0; id < count; ++id)
        if (!parts_.trie.isLeaf(id) && needsRecord(id) == with) numbers_[id] = next++;
      if (with) sizes_.records = next;
    }
    sizes_.nodes = next;
  }

  uint32_t target(uint32_t node) const {
    if (node == 0) return 0;
    if (!parts_.trie.isLeaf(node)) return numbers_[node];
    const TrieNode& leaf = parts_.trie.nodes()[node];
    return (leaf.here ? leaf.here | LSMP_PATH_HERE : 0) | (leaf.below ? leaf.below | LSMP_PATH_BELOW : 0);
  }

  void writeRecords() {
    Words records(sizes_.records * LSMP_PATH_RECORD_WORDS), more;
    for (uint32_t id = 0; id < parts_.trie.nodes().size(); ++id) {
      if (parts_.trie.isLeaf(id) || !needsRecord(id)) continue;
      const TrieNode& node = parts_.trie.nodes()[id];
      uint64_t* record = &records[numbers_[id] * LSMP_PATH_RECORD_WORDS];
      record[0] = target(node.any) | uint64_t{target(node.many)} << 32;
      record[1] = node.below | uint64_t{node.here} << 32;
      record[3] = (node.loops ? LSMP_PATH_LOOPS : 0) | (parts_.trie.literals(id).empty() ? 0 : LSMP_PATH_HAS_EDGES);
      std::span<const ComponentMatchers::Group> groups = parts_.matchers.groups(id);
      sizes_.most_automata = std::max(sizes_.most_automata, static_cast<uint32_t>(groups.size()));
      if (groups.empty()) continue;
      record[2] = wordOf(groups[0]);
      if (groups.size() > 1) record[3] |= (groups.size() - 1) << LSMP_PATH_MORE_SHIFT | uint64_t{more.size()} << 32;
      for (const ComponentMatchers::Group& group : groups.subspan(1)) more.push_back(wordOf(group));
    }
    place(LSMP_PATH_RECORDS, records, sizes_.records);
    place(LSMP_PATH_MORE, more, more.size());
  }

  static uint64_t wordOf(const ComponentMatchers::Group& group) { return group.start | uint64_t{group.first_target} << 32; }

  void writeEdges() {
    const ComponentTrie& trie = parts_.trie;
    Words bytes;
    std::vector<uint64_t> places, hashes;
    for (const std::string& name : trie.names()) {
      places.push_back(appendBytes(bytes, name));
      hashes.push_back(hashOf(name));
    }
    std::vector<BucketEntry> entries;
    for (const TrieEdge& edge : trie.literals()) {
      uint64_t node = numbers_[edge.from], name = places[edge.label] << 8 | trie.names()[edge.label].size();
      entries.push_back({lsmp_path_spread(hashes[edge.label], node), node | hashes[edge.label] << 32, target(edge.to) | name << 32});
    }
    writeBuckets(LSMP_PATH_EDGES, entries);
    place(LSMP_PATH_NAMES, bytes, bytes.size());
    countFrom(LSMP_PATH_EDGES, LSMP_PATH_NAMES, 40);
    sizes_.edges = entries.size();
    sizes_.names = trie.names().size();
  }

  // Places of bytes in values, which were counted from the first of them on.
  void countFrom(lsmp_path_header buckets, lsmp_path_header bytes, int shift) {
    uint64_t first = words_[buckets] & UINT32_MAX, count = words_[buckets] >> 32, between = (words_[bytes] & UINT32_MAX) - first;
    for (uint64_t i = 1; i < count * LSMP_PATH_BUCKET_WORDS; i += 2)
      if (words_[first + i] != 0) words_[first + i] += between << shift;
  }

  void writeExact() {
    Words bytes;
    std::vector<BucketEntry> entries;
    for (const ExactPath& one : parts_.exact) {
      uint64_t hash = hashOf(one.path);
      entries.push_back({lsmp_path_spread(hash, 0), one.path.size() | hash << 32, one.result | appendBytes(bytes, one.path) << 32});
    }
    writeBuckets(LSMP_PATH_EXACT, entries);
    place(LSMP_PATH_TEXTS, bytes, bytes.size());
    countFrom(LSMP_PATH_EXACT, LSMP_PATH_TEXTS, 32);
    sizes_.exact = entries.size();
    writeEnds();
  }

  void writeEnds() {
    Words ends((parts_.exact.size() * kBitsOfEnd + 63) / 64);
    for (const ExactPath& one : parts_.exact) {
      size_t length = one.path.size();
      if (length < LSMP_PATH_END) continue;
      uint64_t last = wordAt(one.path, length - LSMP_PATH_END), bit = lsmp_path_end(last, length, ends.size() * 64);
      ends[bit / 64] |= uint64_t{1} << bit % 64;
    }
    place(LSMP_PATH_ENDS, ends, ends.size() * 64);
  }

  void writeBuckets(lsmp_path_header header, const std::vector<BucketEntry>& entries) {
    Words buckets = bucketTable(entries);
    place(header, buckets, buckets.size() / LSMP_PATH_BUCKET_WORDS);
  }

  void writeMatchers() {
    const StateStore& store = parts_.matchers.states();
    const std::vector<uint32_t>& nodes = parts_.matchers.targets();
    Words targets((nodes.size() + 1) / 2), classes(32);
    for (size_t i = 0; i < nodes.size(); ++i) targets[i / 2] |= uint64_t{target(nodes[i])} << i % 2 * 32;
    for (size_t byte = 0; byte < 256; ++byte) classes[byte / 8] |= uint64_t{parts_.sets.classOf()[byte]} << byte % 8 * 8;
    place(LSMP_PATH_TARGETS, targets, nodes.size());
    place(LSMP_PATH_CLASSES, classes, 256);
    place(LSMP_PATH_STATES, store.states(), store.states().size());
    place(LSMP_PATH_ROWS, store.rows(), store.rows().size());
    place(LSMP_PATH_ACCEPTING, store.accepting(), store.accepting().size());
    sizes_.automata = parts_.matchers.automata();
    sizes_.states = store.states().size();
  }

  const PathTableParts& parts_;
  const RuleLists& lists_;
  PathSizes& sizes_;
  Words words_;
  std::vector<uint32_t> numbers_;
};

}  // namespace

std::vector<uint64_t> pathTable(const PathTableParts& parts, const RuleLists& lists, PathSizes& sizes) {
  return TableWriter(parts, lists, sizes).run();
}

}  // namespace lsmpc::match
