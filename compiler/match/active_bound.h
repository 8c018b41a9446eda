// How many nodes of the trie a path can have active at once: every set of them that some path reaches is looked at.
#pragma once

#include <optional>
#include <string>

#include "compiler/match/component_trie.h"

namespace lsmpc::match {

struct ActiveBound {
  uint32_t most = 1;
  uint64_t sets = 0;
  bool complete = true;          // false: more than `most_sets`, or too much to follow
  std::vector<uint32_t> owners;  // of the first set over the limit or of the last one looked at, by how many of its nodes a rule made
  std::string witness;           // a path that has that set active
  bool shown = true;             // false: it has `*` for names that were too much to follow, and the worst is taken of them
};

// Never less than any path has. Stops at the first set of more than `limit`.
ActiveBound boundActive(const ComponentTrie& trie, const ByteSets& sets, uint32_t limit, uint64_t most_sets);

}  // namespace lsmpc::match
