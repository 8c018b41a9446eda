// Which of very many rules comes first for a path, at a cost that does not grow with the rules: whole paths are looked up, all other
// patterns are a trie of components. The result is a table of words (runtime/abi/path_layout.h).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/match/component_dfa.h"
#include "compiler/match/rule_lists.h"
#include "runtime/match/pattern.h"

namespace lsmpc::match {

// A rule holds for a path that any of its entries matches, and if what its signature stands for holds. Rules: below 2^23 - 1. Patterns
// without faults (checkGlob, checkPathLiteral).
struct PathEntry {
  Pattern pattern;
  uint32_t rule;          // the lower the earlier
  uint8_t signature = 0;  // below 64; 0 always holds
};

struct PathLimits {
  uint32_t active = 8;        // not more: LSMP_PATH_ACTIVE
  uint64_t words = 4u << 20;  // 32 MiB
  uint64_t forms = 2'000'000;
};

struct PathExcess {
  enum class Kind : uint8_t {
    Alternatives,  // one pattern's braces
    Sequences,     // one pattern's `**` that touch other items
    Forms,         // sequences of all patterns
    Component,     // states of what one directory's wildcards need
    Active,        // nodes at once
    Combinations,  // sets of them
    Words,         // of the table
  } kind;
  std::vector<uint32_t> rules;    // the one that costs most first; for Words the one that was one too many, or none
  uint64_t found = 0, limit = 0;  // `found` is as far as was counted
  uint64_t own = 0;               // Component: states that the first rule's pattern needs alone
  std::string witness;            // Active: a path; Combinations: one of those
  bool shown = true;              // false: some names of the witness are `*`, for what was too much to follow and is taken for the worst
  ComponentOver over = ComponentOver::None;  // Component: what was not enough; `found` and `limit` are states all the same
};

struct PathSizes {
  uint64_t exact = 0, nodes = 0, records = 0, edges = 0, names = 0, automata = 0, states = 0, bytes = 0;
  uint64_t sets = 0;           // of active nodes, looked at
  uint32_t most_active = 0;    // no path has more
  uint32_t most_automata = 0;  // of one node
  // That a component reads at most, whatever its name; a path reads two more.
  uint32_t bucketsOfComponent() const { return 2 * most_active; }
};

struct PathAutomaton {
  std::vector<uint64_t> words;
  PathSizes sizes;
};

struct PathAutomatonResult {
  std::optional<PathAutomaton> automaton;
  std::optional<PathExcess> excess;
};

PathAutomatonResult buildPathAutomaton(const std::vector<PathEntry>& entries, const PathLimits& limits = {});

}  // namespace lsmpc::match
