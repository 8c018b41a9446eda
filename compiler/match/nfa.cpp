#include "compiler/match/nfa.h"

#include <map>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "runtime/match/glob.h"

namespace lsmpc::match {
namespace {

class Builder {
 public:
  explicit Builder(Alphabet alphabet) : alphabet_(alphabet) {}

  Nfa build(const std::vector<Predicate>& predicates) {
    uint32_t start = add();
    if (alphabet_ == Alphabet::Path) setId(single('/'));  // the canonical form is followed by class: '/' needs its own
    for (uint32_t id = 0; id < predicates.size(); ++id)
      for (const Pattern& pattern : predicates[id]) addPattern(start, pattern, id);
    classify();
    return std::move(nfa_);
  }

 private:
  static ByteSet single(char c) { return ByteSet().set(static_cast<unsigned char>(c)); }

  uint32_t add() {
    nfa_.states.push_back({});
    return static_cast<uint32_t>(nfa_.states.size() - 1);
  }

  uint32_t setId(const ByteSet& set) {
    auto [place, added] = set_ids_.emplace(set, static_cast<uint32_t>(byte_sets_.size()));
    if (added) byte_sets_.push_back(set);
    return place->second;
  }

  void addFree(uint32_t from, uint32_t to) { nfa_.states[from].free.push_back(to); }

  uint32_t edge(uint32_t from, const ByteSet& set) {
    uint32_t id = setId(set);
    uint32_t to = add();
    if (nfa_.states[from].set != kNone) {
      uint32_t own = add();
      addFree(from, own);
      from = own;
    }
    nfa_.states[from].set = id;
    nfa_.states[from].to = to;
    return to;
  }

  // Common prefixes of literals are one chain: the subsets stay small.
  uint32_t literal(uint32_t from, std::string_view text) {
    for (char c : text) {
      uint64_t key = uint64_t{from} << 8 | static_cast<unsigned char>(c);
      auto known = trie_.find(key);
      if (known == trie_.end()) known = trie_.emplace(key, edge(from, single(c))).first;
      from = known->second;
    }
    return from;
  }

  uint32_t run(uint32_t from, const ByteSet& set) {
    uint32_t loop = add();
    addFree(from, loop);
    uint32_t id = setId(set);
    nfa_.states[loop].set = id;
    nfa_.states[loop].to = loop;
    uint32_t after = add();
    addFree(loop, after);
    return after;
  }

  uint32_t sequence(uint32_t from, const GlobSequence& items) {
    for (const GlobItem& item : items) {
      if (item.kind == GlobItem::Kind::One) from = edge(from, item.set);
      if (item.kind == GlobItem::Kind::Run) from = run(from, item.set);
      if (item.kind != GlobItem::Kind::Choice) continue;
      uint32_t join = add();
      for (const GlobSequence& choice : item.choices) {
        uint32_t begin = add();
        addFree(from, begin);
        addFree(sequence(begin, choice), join);
      }
      from = join;
    }
    return from;
  }

  void accept(uint32_t from, uint32_t predicate) {
    uint32_t end = add();
    nfa_.states[end].predicate = predicate;
    addFree(from, end);
  }

  void addPattern(uint32_t start, const Pattern& pattern, uint32_t predicate) {
    if (pattern.kind == Pattern::Kind::Literal) return accept(literal(start, pattern.text), predicate);
    if (pattern.kind == Pattern::Kind::Under) {
      uint32_t directory = pattern.text == "/" ? start : literal(start, pattern.text);
      if (pattern.text != "/") accept(directory, predicate);
      return accept(run(literal(directory, "/"), ByteSet().set()), predicate);
    }
    ParsedGlob parsed = parseGlob(pattern.text, alphabet_);
    if (parsed.error) return;  // check has reported it; such a pattern matches nothing
    // The literal head goes into the trie like a literal.
    size_t head = 0;
    std::string text;
    while (head < parsed.items.size() && parsed.items[head].kind == GlobItem::Kind::One && parsed.items[head].set.count() == 1)
      text.push_back(static_cast<char>(parsed.items[head++].set._Find_first()));
    GlobSequence rest(parsed.items.begin() + static_cast<ptrdiff_t>(head), parsed.items.end());
    accept(sequence(literal(start, text), rest), predicate);
  }

  // Bytes that no set tells apart become one class.
  void classify() {
    std::array<uint32_t, 256> group{};
    uint32_t groups = 1;
    for (const ByteSet& set : byte_sets_) {
      std::map<std::pair<uint32_t, bool>, uint32_t> split;
      for (unsigned b = 0; b < 256; ++b)
        group[b] = split.emplace(std::pair(group[b], set.test(b)), static_cast<uint32_t>(split.size())).first->second;
      groups = static_cast<uint32_t>(split.size());
    }
    nfa_.classes = groups;
    std::vector<unsigned> member(groups);
    for (unsigned b = 256; b-- > 0;) {
      nfa_.byte_class[b] = static_cast<uint8_t>(group[b]);
      member[group[b]] = b;
    }
    for (const ByteSet& set : byte_sets_) {
      std::vector<uint8_t> classes;
      for (uint32_t c = 0; c < groups; ++c)
        if (set.test(member[c])) classes.push_back(static_cast<uint8_t>(c));
      nfa_.sets.push_back(std::move(classes));
    }
  }

  struct SetHash {
    size_t operator()(const ByteSet& set) const { return std::hash<ByteSet>()(set); }
  };

  Alphabet alphabet_;
  Nfa nfa_;
  std::unordered_map<ByteSet, uint32_t, SetHash> set_ids_;
  std::vector<ByteSet> byte_sets_;
  std::unordered_map<uint64_t, uint32_t> trie_;
};

}  // namespace

void Nfa::closure(uint32_t state, std::vector<uint32_t>& out) const {
  std::vector<uint32_t> pending = {state};
  std::unordered_set<uint32_t> seen;
  while (!pending.empty()) {
    uint32_t id = pending.back();
    pending.pop_back();
    if (!seen.insert(id).second) continue;
    const NfaState& s = states[id];
    if (s.set != kNone || s.predicate != kNone) out.push_back(id);
    pending.insert(pending.end(), s.free.begin(), s.free.end());
  }
}

Nfa buildNfa(const std::vector<Predicate>& predicates, Alphabet alphabet) { return Builder(alphabet).build(predicates); }

}  // namespace lsmpc::match
