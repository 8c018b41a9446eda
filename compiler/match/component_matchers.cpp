#include "compiler/match/component_matchers.h"

#include <algorithm>

#include "runtime/abi/path_layout.h"

namespace lsmpc::match {
namespace {

constexpr uint64_t kStatesPerByte = 16, kStatesMore = 256;  // a directory's automaton, by the length of its patterns
constexpr uint64_t kMaxExceptions = 1u << 17;               // 1 MiB of rows
constexpr int64_t kWork = 40'000'000, kWorkPerByte = 200;   // steps for all directories: some seconds
constexpr int64_t kWorkOfOne = 8'000'000;
constexpr int kMaxDepth = 2;  // halves of halves: LSMP_PATH_GROUPS

}  // namespace

ComponentMatchers::ComponentMatchers(const ComponentTrie& trie, const ByteSets& sets, const RuleLists& lists, uint64_t most_words)
    : trie_(trie),
      sets_(sets),
      lists_(lists),
      most_words_(most_words),
      work_(kWork),
      store_(sets.classes()) {
  for (const Tokens& tokens : trie.patterns()) work_ += kWorkPerByte * static_cast<int64_t>(tokens.size());
}

bool ComponentMatchers::build() {
  group_begin_.assign(1, 0);
  for (uint32_t node = 0; node < trie_.nodes().size(); ++node) {
    if (!trie_.wilds(node).empty() && !buildNode(node)) return false;
    group_begin_.push_back(static_cast<uint32_t>(groups_.size()));
  }
  return true;
}

std::span<const ComponentMatchers::Group> ComponentMatchers::groups(uint32_t node) const {
  return std::span(groups_).subspan(group_begin_[node], group_begin_[node + 1] - group_begin_[node]);
}

// By their first rule, so that what comes later is what may be pointless.
ComponentMatchers::Candidates ComponentMatchers::candidatesOf(uint32_t node) const {
  Candidates all;
  for (const TrieEdge& edge : trie_.wilds(node)) {
    const TrieNode& to = trie_.nodes()[edge.to];
    Candidate& one = all.emplace_back(Candidate{{&trie_.patterns()[edge.label], {}}, edge.label, edge.to, 0});
    Goal& goal = one.contender.goal;
    goal.further = !trie_.isLeaf(edge.to);
    if (goal.further) continue;
    goal.here = lists_.list(to.here);
    goal.below = lists_.list(to.below);
    one.rule = (goal.here.empty() ? goal.below : goal.here)[0].rule;
  }
  std::sort(all.begin(), all.end(),
            [](const Candidate& a, const Candidate& b) { return std::tuple(a.rule, a.label) < std::tuple(b.rule, b.label); });
  return all;
}

// Automata with equal keys are equal: of the rules only their order matters, unless one goal has several.
std::vector<uint32_t> ComponentMatchers::keyOf(std::span<const Candidate> candidates) const {
  std::vector<uint32_t> key;
  auto plain = [&](const Candidate& one) { return one.contender.goal.here.size() <= 1 && one.contender.goal.below.size() <= 1; };
  bool by_order = std::all_of(candidates.begin(), candidates.end(), plain);
  for (size_t i = 0; i < candidates.size(); ++i) {
    const Goal& goal = candidates[i].contender.goal;
    const TrieNode& node = trie_.nodes()[candidates[i].node];
    key.push_back(candidates[i].label);
    bool tied = i > 0 && candidates[i].rule == candidates[i - 1].rule;
    uint32_t signature = goal.further ? 0 : (goal.here.empty() ? goal.below : goal.here)[0].signature;
    uint32_t shape = uint32_t{goal.further} | uint32_t{!goal.here.empty()} << 1 | uint32_t{!goal.below.empty()} << 2 | uint32_t{tied} << 3 |
                     uint32_t{by_order} << 4 | signature << 5;
    key.push_back(shape);
    if (!by_order && !goal.further) key.insert(key.end(), {node.here, node.below});
  }
  return key;
}

bool ComponentMatchers::buildNode(uint32_t node) { return buildPart(candidatesOf(node), 0); }

bool ComponentMatchers::buildPart(std::span<const Candidate> candidates, int depth) {
  if (std::optional<uint32_t> start = startOf(candidates)) {
    groups_.push_back({*start, static_cast<uint32_t>(targets_.size())});
    for (const Candidate& one : candidates) targets_.push_back(one.node);
    return store_.words() <= most_words_;
  }
  if (candidates.size() == 1 || depth == kMaxDepth || work_ < 0) {
    refuse(candidates);
    return false;
  }
  size_t half = candidates.size() / 2;
  return buildPart(candidates.first(half), depth + 1) && buildPart(candidates.subspan(half), depth + 1);
}

ComponentLimits ComponentMatchers::limitsOf(std::span<const Candidate> candidates) {
  ComponentLimits limits{kStatesMore, kMaxExceptions, LSMP_PATH_ACCEPTS};
  for (const Candidate& one : candidates) limits.states += kStatesPerByte * one.contender.pattern->size();
  return limits;
}

std::optional<uint32_t> ComponentMatchers::startOf(std::span<const Candidate> candidates) {
  std::vector<uint32_t> key = keyOf(candidates);
  if (auto known = known_.find(key); known != known_.end()) return known->second;
  if (too_large_.contains(key)) return std::nullopt;
  std::vector<Contender> contenders;
  for (const Candidate& one : candidates) contenders.push_back(one.contender);
  int64_t before = std::min(work_, kWorkOfOne), left = before;
  ComponentOver over = dfa_.build(contenders, sets_, limitsOf(candidates), left);
  work_ -= before - left;
  if (over != ComponentOver::None) {
    too_large_.emplace(std::move(key), TooLarge{dfa_.states(), over});
    return std::nullopt;
  }
  return known_.emplace(std::move(key), store_.add(dfa_)).first->second;
}

// Who is to blame has most states alone, of those with most runs.
void ComponentMatchers::refuse(std::span<const Candidate> candidates) {
  constexpr size_t kTried = 16;
  auto runs = [](const Candidate* one) { return std::count(one->contender.pattern->begin(), one->contender.pattern->end(), kRun); };
  std::vector<const Candidate*> suspects;
  for (const Candidate& one : candidates) suspects.push_back(&one);
  std::stable_sort(suspects.begin(), suspects.end(), [&](const Candidate* a, const Candidate* b) { return runs(a) > runs(b); });
  suspects.resize(std::min(suspects.size(), kTried));
  const TooLarge& given_up = too_large_.at(keyOf(candidates));
  excess_ = ComponentExcess{0, 0, given_up.states, limitsOf(candidates).states, given_up.over};
  for (const Candidate* one : suspects) {
    int64_t work = kWorkOfOne / static_cast<int64_t>(kTried);
    dfa_.build({one->contender}, sets_, limitsOf(std::span(one, 1)), work);
    if (dfa_.states() <= excess_->own) continue;
    excess_->rule = trie_.nodes()[one->node].owner;
    excess_->own = dfa_.states();
  }
}

}  // namespace lsmpc::match
