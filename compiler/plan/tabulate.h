// Long runs of rules over one path, number or address become tables, so that what they cost an event does not grow with them.
#pragma once

#include <optional>
#include <vector>

#include "compiler/plan/row_test.h"

namespace lsmpc::plan {

// From here on a table costs an event less than the rules one by one, whatever they are (docs/decisions/0016).
constexpr size_t kFewestPaths = 64;
// Of rules of the path alone, where no other asks for it, fewer are worth one automaton on bytes, and so are more, as long as it has this size: it ends
// with the first byte that no rule has. Code for each rule takes longer to compile than all else.
constexpr size_t kFewestOnBytes = 8, kMostOnBytes = 127;
constexpr match::Budget kBytesBudget{.states = 20'000, .table_bytes = 512u << 10};
constexpr size_t kFewestNumbers = 24;  // or addresses
// Up to here rules that fit no table may do without: paths may fit the automaton on bytes. With more that takes too long to find out.
constexpr size_t kMostBesideTables = 128;
constexpr size_t kMaxSteps = 2000;  // a hook's code stays far below the verifier's million instructions

struct TableExcess {
  decision::Table::Kind kind;
  size_t rows;
  std::vector<uint32_t> rules;  // into Policy::rules: the one that costs most first
  match::PathExcess excess;
};

// Before prune and the matchers' build. A short run that fits no table stays as it is; of a longer one it is said why.
std::optional<TableExcess> tabulate(decision::Program& program, Graph& graph, const MatcherTable& matchers, const SetStore& sets,
                                    const policy::Policy& policy);

}  // namespace lsmpc::plan
