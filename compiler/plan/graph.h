// Builds one hook's values, tests and nodes: equal ones are one, constants are folded, and/or flattened. Their operands stand in the order in
// which they were made, until order.h knows what is at hand.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "compiler/decision/decision.h"

namespace lsmpc::plan {

class Graph {
 public:
  explicit Graph(decision::Program& program);

  // Constant operands of bit operations and of `if` fold.
  decision::ValueId value(decision::Value value);
  decision::ValueId constant(policy::Int number, const policy::Type& type);
  decision::NodeId test(decision::Test test);
  decision::NodeId constant(bool truth) const { return truth ? kTrue : kFalse; }
  decision::NodeId negate(decision::NodeId node);
  decision::NodeId all(std::vector<decision::NodeId> children) { return join(decision::NodeOp::And, std::move(children)); }
  decision::NodeId any(std::vector<decision::NodeId> children) { return join(decision::NodeOp::Or, std::move(children)); }
  // `condition` ? then : otherwise, for conditions.
  decision::NodeId choose(decision::NodeId condition, decision::NodeId then, decision::NodeId otherwise);

  bool isTrue(decision::NodeId node) const { return node == kTrue; }
  bool isFalse(decision::NodeId node) const { return node == kFalse; }
  const decision::Value& at(decision::ValueId id) const { return program_.values[id]; }
  void name(decision::ValueId id, const std::string& attribute);

  static constexpr decision::NodeId kFalse = 0, kTrue = 1;

 private:
  decision::NodeId join(decision::NodeOp op, std::vector<decision::NodeId> children);
  decision::NodeId node(decision::NodeOp op, std::vector<decision::NodeId> children);
  decision::NodeId add(decision::Node node);

  decision::Program& program_;
  std::unordered_map<std::string, decision::ValueId> values_;
  std::unordered_map<std::string, decision::TestId> tests_;
  std::vector<decision::NodeId> of_tests_;  // TestId → its node
  std::unordered_map<std::string, decision::NodeId> joined_;
};

}  // namespace lsmpc::plan
