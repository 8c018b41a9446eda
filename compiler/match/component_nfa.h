// The component patterns of one directory as one trie of tokens, with what each can still reach.
#pragma once

#include "compiler/match/byte_sets.h"
#include "compiler/match/rule_lists.h"

namespace lsmpc::match {

// Where a component pattern leads: to a node from which paths go on, or only to rules.
struct Goal {
  bool further = false;
  RuleList here, below;
};

void merge(Goal& goal, const Goal& other);
inline bool covers(const Goal& goal, const Goal& other) {
  return !other.further && covers(goal.here, other.here) && covers(goal.below, other.below);
}

struct Contender {
  const Tokens* pattern;  // none twice
  Goal goal;
};

struct TokenState {
  static constexpr uint32_t kNone = ~0u;
  char32_t token = 0;               // that leads here
  uint32_t child = 0, sibling = 0;  // first child by a token, next of the same parent; 0: none
  uint32_t run = 0;                 // the child behind a run, reached without a byte; it takes any byte and stays
  uint32_t parent = 0;
  uint32_t ordinal = kNone;  // of the contender that ends here
  bool loops = false;
};

// States have lower numbers than their children. State 0 is the start.
class ComponentNfa {
 public:
  void build(const std::vector<Contender>& contenders);
  const std::vector<TokenState>& states() const { return states_; }
  // Whether something that has matched for good can make others pointless; only then reach() is known.
  bool prunes() const { return prunes_; }
  const Goal& reach(uint32_t state) const { return reach_[state]; }

 private:
  void add(const Tokens& pattern, size_t shared, std::vector<uint32_t>& path);
  void findReach(const std::vector<Contender>& contenders);

  std::vector<TokenState> states_;
  std::vector<Goal> reach_;
  bool prunes_ = false;
};

}  // namespace lsmpc::match
