// A byte automaton for each node with wildcard components; equal sets of patterns are one. What is too large is split, and then refused.
#pragma once

#include <map>
#include <optional>

#include "compiler/match/component_trie.h"
#include "compiler/match/state_store.h"

namespace lsmpc::match {

struct ComponentExcess {
  uint32_t rule = 0;     // the one that costs most
  uint64_t own = 0;      // states of its component alone, as far as they were counted
  uint64_t states = 0;   // of the directory's patterns that could be split no further, as far as they were counted
  uint64_t allowed = 0;  // of those
  ComponentOver over = ComponentOver::None;
};

class ComponentMatchers {
 public:
  ComponentMatchers(const ComponentTrie& trie, const ByteSets& sets, const RuleLists& lists, uint64_t most_words);
  // False: excess() says why, or there are more than `most_words` words of states.
  bool build();
  const std::optional<ComponentExcess>& excess() const { return excess_; }

  struct Group {
    uint32_t start;         // in states()
    uint32_t first_target;  // in targets()
  };
  std::span<const Group> groups(uint32_t node) const;
  const std::vector<uint32_t>& targets() const { return targets_; }  // nodes
  const StateStore& states() const { return store_; }
  uint32_t automata() const { return static_cast<uint32_t>(known_.size()); }

 private:
  struct Candidate {
    Contender contender;
    uint32_t label, node;
    uint32_t rule;  // the first that it leads to
  };
  using Candidates = std::vector<Candidate>;

  Candidates candidatesOf(uint32_t node) const;
  std::vector<uint32_t> keyOf(std::span<const Candidate> candidates) const;
  bool buildNode(uint32_t node);
  bool buildPart(std::span<const Candidate> candidates, int depth);
  std::optional<uint32_t> startOf(std::span<const Candidate> candidates);
  static ComponentLimits limitsOf(std::span<const Candidate> candidates);
  void refuse(std::span<const Candidate> candidates);

  const ComponentTrie& trie_;
  const ByteSets& sets_;
  const RuleLists& lists_;
  uint64_t most_words_;
  int64_t work_;
  StateStore store_;
  ComponentDfa dfa_;
  std::map<std::vector<uint32_t>, uint32_t> known_;
  struct TooLarge {
    uint64_t states;  // when it was given up
    ComponentOver over;
  };
  std::map<std::vector<uint32_t>, TooLarge> too_large_;
  std::vector<uint32_t> group_begin_;
  std::vector<Group> groups_;
  std::vector<uint32_t> targets_;
  std::optional<ComponentExcess> excess_;
};

}  // namespace lsmpc::match
