// What of a condition a table can look up: a test of one value by constants. The rest is a condition of its row.
#pragma once

#include <optional>
#include <vector>

#include "compiler/plan/graph.h"
#include "compiler/plan/matcher_table.h"
#include "compiler/plan/set_store.h"

namespace lsmpc::plan {

// As a row of a table has it.
struct RowTest {
  decision::Table::Kind kind;
  decision::ValueId subject;
  match::Predicate patterns;
  std::vector<match::Span> spans;
};

// The condition holds where the test and the rest do.
struct Apart {
  RowTest test;
  decision::NodeId rest;
};

class RowTests {
 public:
  RowTests(const decision::Program& program, Graph& graph, const MatcherTable& matchers, const SetStore& sets)
      : program_(program),
        graph_(graph),
        matchers_(matchers),
        sets_(sets) {}

  // The values by which the condition can be taken apart.
  std::vector<decision::ValueId> subjects(decision::NodeId condition) const;
  std::optional<Apart> takeApart(decision::NodeId condition, decision::ValueId subject) const;

 private:
  std::optional<RowTest> testOf(decision::NodeId id) const;
  std::optional<RowTest> ofOne(const decision::Test& test) const;
  std::optional<RowTest> ofNumber(const decision::Test& test) const;
  std::optional<RowTest> joined(const decision::Node& node) const;

  const decision::Program& program_;
  Graph& graph_;
  const MatcherTable& matchers_;
  const SetStore& sets_;
};

}  // namespace lsmpc::plan
