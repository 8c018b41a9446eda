#include "compiler/match/name_matches.h"

#include <algorithm>
#include <set>

#include "runtime/abi/path_layout.h"

namespace lsmpc::match {
namespace {

constexpr uint64_t kMaxStates = 1u << 16, kMaxTuples = 1u << 16;

}  // namespace

NameMatches::NameMatches(const ComponentTrie& trie, const ByteSets& sets) : trie_(trie), sets_(sets), number_(trie.nodes().size(), kNone) {
  for (uint32_t node = 0; node < number_.size(); ++node) {
    std::span<const TrieEdge> wilds = trie.wilds(node);
    if (std::all_of(wilds.begin(), wilds.end(), [&](const TrieEdge& edge) { return trie.isLeaf(edge.to); })) continue;
    number_[node] = static_cast<uint32_t>(matchers_.size());
    matchers_.emplace_back();
  }
}

const NameMatches::Matcher& NameMatches::matcher(uint32_t node) {
  std::optional<Matcher>& made = matchers_[number_[node]];
  if (made) return *made;
  made.emplace();
  std::vector<Contender> contenders;
  for (const TrieEdge& edge : trie_.wilds(node)) {
    if (trie_.isLeaf(edge.to)) continue;
    made->targets.push_back(edge.to);
    contenders.push_back({&trie_.patterns()[edge.label], {true, {}, {}}});
  }
  made->dfa.emplace();
  int64_t left = work_;
  if (made->dfa->build(contenders, sets_, {kMaxStates}, left) != ComponentOver::None) made->dfa.reset();
  work_ = left;
  return *made;
}

void NameMatches::add(uint32_t node, std::string_view name, std::vector<uint32_t>& out) {
  const Matcher& one = matcher(node);
  if (!one.dfa) {
    out.insert(out.end(), one.targets.begin(), one.targets.end());
    return;
  }
  for (uint32_t ordinal : one.dfa->accepts(one.dfa->after(name, sets_))) out.push_back(one.targets[ordinal]);
}

const std::vector<NameMatches::Together>& NameMatches::together(const std::vector<uint32_t>& nodes) {
  auto [known, added] = together_.try_emplace(nodes);
  if (!added) return known->second;
  std::vector<const Matcher*> matchers;
  for (uint32_t node : nodes) matchers.push_back(&matcher(node));
  bool small = std::all_of(matchers.begin(), matchers.end(), [](const Matcher* one) { return one->dfa.has_value(); });
  if (small && follow(matchers, known->second)) return known->second;
  known->second.assign(1, {{}, "*", false});
  for (const Matcher* one : matchers) known->second[0].nodes.insert(known->second[0].nodes.end(), one->targets.begin(), one->targets.end());
  work_ -= static_cast<int64_t>(known->second[0].nodes.size());
  return known->second;
}

// The product of the automata, breadth first; with each tuple of states the name that leads there. False: too many.
bool NameMatches::follow(const std::vector<const Matcher*>& matchers, std::vector<Together>& out) {
  out.clear();
  SubsetIds ids;
  std::vector<std::string> names = {""};
  std::set<std::vector<uint32_t>> seen;
  ids.add(Tuple(matchers.size(), 1));
  for (uint32_t id = 0; id < ids.size(); ++id) {
    Tuple tuple(ids[id].begin(), ids[id].end());
    for (uint32_t cls : classesOf(matchers, tuple)) {
      Tuple next(tuple.size());
      work_ -= static_cast<int64_t>(tuple.size());
      std::vector<uint32_t> nodes;
      for (size_t i = 0; i < tuple.size(); ++i) {
        next[i] = matchers[i]->dfa->next(tuple[i], cls);
        for (uint32_t ordinal : matchers[i]->dfa->accepts(next[i])) nodes.push_back(matchers[i]->targets[ordinal]);
      }
      if (std::ranges::all_of(next, [](uint32_t state) { return state == 0; })) continue;
      std::string name = names[id] + sets_.byteOf(cls);
      if (name.size() > LSMP_PATH_NAME) continue;
      if (!nodes.empty() && seen.insert(nodes).second) out.push_back({nodes, name});
      if (ids.add(next).second) names.push_back(std::move(name));
    }
    if (ids.size() > kMaxTuples || work_ < 0) return false;
  }
  return true;
}

// Those that have an exception in some row, and one that has none.
std::vector<uint32_t> NameMatches::classesOf(const std::vector<const Matcher*>& matchers, std::span<const uint32_t> tuple) const {
  std::vector<bool> special(sets_.classes());
  for (size_t i = 0; i < tuple.size(); ++i)
    for (auto [cls, to] : matchers[i]->dfa->exceptions(tuple[i])) special[cls] = true;
  std::vector<uint32_t> classes;
  bool other = false;
  for (uint32_t cls = 0; cls < special.size(); ++cls) {
    if (sets_.byteOf(cls) == 0 || (!special[cls] && other)) continue;
    other |= !special[cls];
    classes.push_back(cls);
  }
  return classes;
}

}  // namespace lsmpc::match
