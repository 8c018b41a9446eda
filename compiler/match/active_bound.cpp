#include "compiler/match/active_bound.h"

#include <algorithm>
#include <map>

#include "compiler/match/name_matches.h"
#include "compiler/match/subset_ids.h"

namespace lsmpc::match {
namespace {

constexpr int64_t kWork = 30'000'000;  // steps: seconds
constexpr int64_t kWorkOfName = 4;     // through a byte automaton

class Explorer {
 public:
  Explorer(const ComponentTrie& trie, const ByteSets& sets, uint32_t limit, uint64_t most_sets)
      : trie_(trie),
        limit_(limit),
        most_sets_(most_sets),
        matches_(trie, sets) {}

  ActiveBound run() {
    reach({0}, 0, kNowhere);
    while (!stopped_ && takeLargest()) expand(current_);
    if (stopped_) blame(ids_.size() - 1);
    bound_.sets = ids_.size();
    return std::move(bound_);
  }

 private:
  // How a set was reached from the one before it: by a name of the trie, by any other, by one of names_, or not by a step at all.
  static constexpr uint32_t kAnyName = ~0u, kNowhere = ~0u - 1, kOwn = 1u << 31;
  struct Step {
    uint32_t from, name;
  };
  using Set = std::vector<uint32_t>;

  bool isInner(uint32_t node) const { return node != 0 && !trie_.isLeaf(node); }
  const TrieNode& at(uint32_t node) const { return trie_.nodes()[node]; }
  // The largest first: what grows over the limit does so before there are too many sets to look at.
  bool takeLargest() {
    while (!waiting_.empty() && waiting_.back().empty()) waiting_.pop_back();
    if (waiting_.empty()) return false;
    current_ = waiting_.back().back();
    waiting_.back().pop_back();
    return true;
  }

  // Takes part in what any name leads to.
  bool goesOn(uint32_t node) const { return isInner(at(node).any) || at(node).many != 0 || at(node).loops || matches_.has(node); }

  void reach(Set set, uint32_t from, uint32_t name) {
    std::sort(set.begin(), set.end());
    set.erase(std::unique(set.begin(), set.end()), set.end());
    if (set.empty() || stopped_ || !ids_.add(set).second) return;
    steps_.push_back({from, name});
    if (waiting_.size() <= set.size()) waiting_.resize(set.size() + 1);
    waiting_[set.size()].push_back(ids_.size() - 1);
    bound_.most = std::max(bound_.most, static_cast<uint32_t>(set.size()));
    if (set.size() > limit_) stopped_ = true;
    if (ids_.size() > most_sets_ || work_ < 0) stopped_ = true, bound_.complete = set.size() > limit_;
  }

  void expand(uint32_t id) {
    Set set(ids_[id].begin(), ids_[id].end()), going, staying;
    for (uint32_t node : set) (goesOn(node) ? going : staying).push_back(node);
    Set base = reachedByAny(going);
    if (staying.empty()) {
      reach(base, id, kAnyName);
      follow(id, going, going, base);
      followWild(id, going, base);
    } else {
      // A name that those without a share in all names do not know leads where it would from the others alone.
      reach(going, id, kNowhere);
      follow(id, set, staying, base);
    }
  }

  Set reachedByAny(const Set& set) const {
    Set base;
    for (uint32_t node : set) {
      if (isInner(at(node).any)) base.push_back(at(node).any);
      if (at(node).many != 0) base.push_back(at(node).many);
      if (at(node).loops) base.push_back(node);
    }
    return base;
  }

  // By the names that lead to inner nodes from one of `sources`, from all of `set`.
  void follow(uint32_t id, const Set& set, const Set& sources, const Set& base) {
    for (uint32_t source : sources) {
      for (const TrieEdge& edge : trie_.literals(source)) {
        if (trie_.isLeaf(edge.to)) continue;
        if (stopped_) return;
        Set next = base;
        for (uint32_t node : set) {
          if (uint32_t to = childBy(node, edge.label)) next.push_back(to);
          if (!matches_.has(node)) continue;
          matches_.add(node, trie_.names()[edge.label], next);
          work_ -= kWorkOfName;
        }
        reach(std::move(next), id, edge.label);
        stop();
      }
    }
  }

  void stop() {
    if (--work_ < 0 && !stopped_) stopped_ = true, bound_.complete = false;
  }

  uint32_t childBy(uint32_t node, uint32_t label) const {
    std::span<const TrieEdge> edges = trie_.literals(node);
    auto found =
        std::lower_bound(edges.begin(), edges.end(), label, [](const TrieEdge& edge, uint32_t value) { return edge.label < value; });
    return found != edges.end() && found->label == label && !trie_.isLeaf(found->to) ? found->to : 0;
  }

  void followWild(uint32_t id, const Set& set, const Set& base) {
    Set wild;
    for (uint32_t node : set)
      if (matches_.has(node)) wild.push_back(node);
    if (wild.empty()) return;
    for (const NameMatches::Together& one : matches_.together(wild)) {
      if (stopped_) return;
      Set next = base;
      next.insert(next.end(), one.nodes.begin(), one.nodes.end());
      names_.push_back(one);
      names_.back().nodes.clear();
      reach(std::move(next), id, kOwn | static_cast<uint32_t>(names_.size() - 1));
      stop();
    }
  }

  void blame(uint32_t id) {
    std::map<uint32_t, int> count;
    for (uint32_t node : ids_[id]) ++count[at(node).owner];
    for (auto [owner, nodes] : count) bound_.owners.push_back(owner);
    std::stable_sort(bound_.owners.begin(), bound_.owners.end(), [&](uint32_t a, uint32_t b) { return count[a] > count[b]; });
    for (; id != 0; id = steps_[id].from) {
      uint32_t name = steps_[id].name;
      if (name == kNowhere) continue;
      bound_.witness.insert(0, "/" + nameOf(name));
      if (name != kAnyName && name & kOwn) bound_.shown &= names_[name & ~kOwn].shown;
    }
  }

  std::string nameOf(uint32_t name) const {
    if (name == kAnyName) return "any";
    return name & kOwn ? names_[name & ~kOwn].name : trie_.names()[name];
  }

  const ComponentTrie& trie_;
  uint32_t limit_;
  uint64_t most_sets_;
  NameMatches matches_;
  SubsetIds ids_;
  std::vector<std::vector<uint32_t>> waiting_;  // ids by size
  uint32_t current_ = 0;
  std::vector<Step> steps_;
  std::vector<NameMatches::Together> names_;
  int64_t work_ = kWork;
  bool stopped_ = false;
  ActiveBound bound_;
};

}  // namespace

ActiveBound boundActive(const ComponentTrie& trie, const ByteSets& sets, uint32_t limit, uint64_t most_sets) {
  return Explorer(trie, sets, limit, most_sets).run();
}

}  // namespace lsmpc::match
