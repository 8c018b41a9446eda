// Sequences of components as one trie. It is walked with a set of active nodes, since a name may fit several edges of a node.
#pragma once

#include <span>
#include <unordered_map>

#include "compiler/match/path_components.h"
#include "compiler/match/rule_lists.h"

namespace lsmpc::match {

struct TrieNode {
  uint32_t any = 0, many = 0;    // where any name leads; `many` is a node that loops. 0: none
  uint32_t here = 0, below = 0;  // results of the path that ends here, and of those that go on
  uint32_t owner = 0;            // the first rule that needed the node
  bool loops = false;
};

struct TrieEdge {
  uint32_t from;
  uint32_t label;  // into names() or patterns()
  uint32_t to;
};

class ComponentTrie {
 public:
  ComponentTrie() : nodes_(1) {}
  void add(const ComponentSequence& sequence, RuleSignature rule);
  // After the last sequence.
  void finish(RuleLists& lists);

  const std::vector<TrieNode>& nodes() const { return nodes_; }
  const std::vector<std::string>& names() const { return names_; }
  const std::vector<Tokens>& patterns() const { return patterns_; }
  // Of all nodes, and of one; ascending by label.
  const std::vector<TrieEdge>& literals() const { return literals_; }
  std::span<const TrieEdge> literals(uint32_t node) const { return part(literals_, literal_begin_, node); }
  std::span<const TrieEdge> wilds(uint32_t node) const { return part(wilds_, wild_begin_, node); }
  // Nothing goes on from it, and one result says all: an edge can hold it, and it is never active.
  bool isLeaf(uint32_t node) const { return leaf_[node]; }

 private:
  struct End {
    uint32_t node;
    Ending ending;
    RuleSignature rule;
    auto operator<=>(const End&) const = default;
  };
  template <class Text>
  using Ids = std::unordered_map<Text, uint32_t>;

  uint32_t make(uint32_t owner);
  uint32_t step(uint32_t node, const Component& component, uint32_t owner);
  uint32_t child(std::vector<TrieEdge>& edges, uint32_t node, uint32_t label, uint32_t owner);
  void decide(RuleLists& lists);
  std::vector<uint32_t> sorted(std::vector<TrieEdge>& edges) const;
  static std::span<const TrieEdge> part(const std::vector<TrieEdge>& edges, const std::vector<uint32_t>& begin, uint32_t node) {
    return std::span(edges).subspan(begin[node], begin[node + 1] - begin[node]);
  }

  std::vector<TrieNode> nodes_;
  Ids<std::string> name_ids_;
  Ids<Tokens> pattern_ids_;
  std::vector<std::string> names_;
  std::vector<Tokens> patterns_;
  std::unordered_map<uint64_t, uint32_t> children_;
  std::vector<TrieEdge> literals_, wilds_;
  std::vector<uint32_t> literal_begin_, wild_begin_;
  std::vector<End> ends_;
  std::vector<bool> leaf_;
};

}  // namespace lsmpc::match
