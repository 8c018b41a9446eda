// Which inner nodes a name can lead to by wildcards, from several nodes at once.
#pragma once

#include <map>
#include <optional>

#include "compiler/match/component_dfa.h"
#include "compiler/match/component_trie.h"

namespace lsmpc::match {

class NameMatches {
 public:
  NameMatches(const ComponentTrie& trie, const ByteSets& sets);

  // Whether the node has wildcards that lead to inner nodes.
  bool has(uint32_t node) const { return number_[node] != kNone; }
  // The inner nodes that `name` leads to, appended.
  void add(uint32_t node, std::string_view name, std::vector<uint32_t>& out);

  struct Together {
    std::vector<uint32_t> nodes;
    std::string name;   // that leads to them
    bool shown = true;  // false: all that any name leads to
  };
  // Of several nodes all that one name can lead to. Where that is too much to follow, all that any name leads to is taken for one.
  const std::vector<Together>& together(const std::vector<uint32_t>& nodes);

 private:
  static constexpr uint32_t kNone = ~0u;
  struct Matcher {
    std::vector<uint32_t> targets;
    std::optional<ComponentDfa> dfa;  // none: too large
  };
  using Tuple = std::vector<uint32_t>;

  const Matcher& matcher(uint32_t node);
  bool follow(const std::vector<const Matcher*>& matchers, std::vector<Together>& out);
  std::vector<uint32_t> classesOf(const std::vector<const Matcher*>& matchers, std::span<const uint32_t> tuple) const;

  const ComponentTrie& trie_;
  const ByteSets& sets_;
  std::vector<uint32_t> number_;  // of a node's matcher
  std::vector<std::optional<Matcher>> matchers_;
  std::map<std::vector<uint32_t>, std::vector<Together>> together_;
  int64_t work_ = 20'000'000;
};

}  // namespace lsmpc::match
