#include "compiler/match/component_trie.h"

#include <algorithm>

namespace lsmpc::match {
namespace {

template <class Text, class Ids>
uint32_t idOf(const Text& text, Ids& ids, std::vector<Text>& texts) {
  auto [known, added] = ids.emplace(text, static_cast<uint32_t>(texts.size()));
  if (added) texts.push_back(text);
  return known->second;
}

}  // namespace

void ComponentTrie::add(const ComponentSequence& sequence, RuleSignature rule) {
  uint32_t node = 0;
  for (const Component& component : sequence.components) node = step(node, component, rule.rule);
  for (Ending ending : {kHere, kBelow})
    if (sequence.endings & ending) ends_.push_back({node, ending, rule});
}

uint32_t ComponentTrie::make(uint32_t owner) {
  nodes_.emplace_back().owner = owner;
  return static_cast<uint32_t>(nodes_.size() - 1);
}

uint32_t ComponentTrie::step(uint32_t node, const Component& component, uint32_t owner) {
  if (component.kind == Component::Kind::Literal) return child(literals_, node, idOf(component.name, name_ids_, names_), owner);
  if (component.kind == Component::Kind::Wild) return child(wilds_, node, idOf(component.tokens, pattern_ids_, patterns_), owner);
  bool many = component.kind == Component::Kind::Many;
  uint32_t to = many ? nodes_[node].many : nodes_[node].any;
  if (to != 0) return to;
  to = make(owner);
  nodes_[to].loops = many;
  (many ? nodes_[node].many : nodes_[node].any) = to;
  return to;
}

uint32_t ComponentTrie::child(std::vector<TrieEdge>& edges, uint32_t node, uint32_t label, uint32_t owner) {
  uint64_t key = uint64_t{node} << 32 | uint64_t{label} << 1 | (&edges == &wilds_);
  auto [known, added] = children_.emplace(key, 0);
  if (added) {
    known->second = make(owner);
    edges.push_back({node, label, known->second});
  }
  return known->second;
}

void ComponentTrie::finish(RuleLists& lists) {
  children_ = {};
  name_ids_ = {};
  pattern_ids_ = {};
  literal_begin_ = sorted(literals_);
  wild_begin_ = sorted(wilds_);
  decide(lists);
  leaf_.resize(nodes_.size());
  for (uint32_t id = 1; id < nodes_.size(); ++id) {
    const TrieNode& node = nodes_[id];
    bool end = literals(id).empty() && wilds(id).empty() && node.any == 0 && node.many == 0;
    leaf_[id] = end && (node.here == 0 || node.below == 0 || node.here == node.below);
  }
}

void ComponentTrie::decide(RuleLists& lists) {
  std::sort(ends_.begin(), ends_.end());
  for (size_t begin = 0, end; begin < ends_.size(); begin = end) {
    const End& first = ends_[begin];
    RuleList rules;
    for (end = begin; end < ends_.size() && ends_[end].node == first.node && ends_[end].ending == first.ending; ++end)
      rules.push_back(ends_[end].rule);
    (first.ending == kHere ? nodes_[first.node].here : nodes_[first.node].below) = lists.result(std::move(rules));
  }
  ends_ = {};
}

std::vector<uint32_t> ComponentTrie::sorted(std::vector<TrieEdge>& edges) const {
  std::sort(edges.begin(), edges.end(),
            [](const TrieEdge& a, const TrieEdge& b) { return a.from != b.from ? a.from < b.from : a.label < b.label; });
  std::vector<uint32_t> begin(nodes_.size() + 1);
  for (const TrieEdge& edge : edges) ++begin[edge.from + 1];
  for (size_t i = 1; i < begin.size(); ++i) begin[i] += begin[i - 1];
  return begin;
}

}  // namespace lsmpc::match
