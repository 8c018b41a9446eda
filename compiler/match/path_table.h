// The words of a path automaton (runtime/abi/path_layout.h) from its parts.
#pragma once

#include "compiler/match/component_matchers.h"
#include "compiler/match/path_automaton.h"

namespace lsmpc::match {

struct ExactPath {
  std::string path;
  uint32_t result;
};

struct PathTableParts {
  const ComponentTrie& trie;
  const ByteSets& sets;
  const ComponentMatchers& matchers;
  const std::vector<ExactPath>& exact;  // no path twice
  uint32_t nothing, root;               // results for "" and "/"
};

std::vector<uint64_t> pathTable(const PathTableParts& parts, const RuleLists& lists, PathSizes& sizes);

}  // namespace lsmpc::match
