#include "compiler/plan/prune.h"

namespace lsmpc::plan {
namespace {

using namespace decision;

// Folding leaves parts behind that nothing refers to.
class Pruner {
 public:
  explicit Pruner(Program& program)
      : program_(program),
        values_(program.values.size()),
        tests_(program.tests.size()),
        nodes_(program.nodes.size()) {}

  void run() {
    for (const Step& step : program_.steps) markNode(step.condition);
    for (const Table& table : program_.tables) {
      markValue(table.subject);
      for (const TableCondition& condition : table.conditions) markNode(condition.node);
    }
    for (const EventField& field : program_.event_fields) markValue(field.value);
    std::vector<uint32_t> values = compact(program_.values, values_);
    std::vector<uint32_t> tests = compact(program_.tests, tests_);
    std::vector<uint32_t> nodes = compact(program_.nodes, nodes_);
    for (Value& value : program_.values) {
      for (ValueId& operand : value.operands) operand = values[operand];
      if (value.op == ValueOp::If) value.condition = nodes[value.condition];
    }
    for (Test& test : program_.tests) {
      test.left = values[test.left];
      if (isComparison(test.op)) test.right = values[test.right];
    }
    for (Node& node : program_.nodes) {
      if (node.op == NodeOp::Test) node.test = tests[node.test];
      for (NodeId& child : node.children) child = nodes[child];
    }
    for (Step& step : program_.steps) step.condition = nodes[step.condition];
    for (Table& table : program_.tables) {
      table.subject = values[table.subject];
      for (TableCondition& condition : table.conditions) condition.node = nodes[condition.node];
    }
    for (EventField& field : program_.event_fields) field.value = values[field.value];
  }

 private:
  void markValue(ValueId id) {
    if (values_[id]) return;
    values_[id] = true;
    for (ValueId operand : program_.values[id].operands) markValue(operand);
    if (program_.values[id].op == ValueOp::If) markNode(program_.values[id].condition);
  }

  void markNode(NodeId id) {
    if (nodes_[id]) return;
    nodes_[id] = true;
    const Node& node = program_.nodes[id];
    for (NodeId child : node.children) markNode(child);
    if (node.op != NodeOp::Test) return;
    const Test& test = program_.tests[node.test];
    tests_[node.test] = true;
    markValue(test.left);
    if (isComparison(test.op)) markValue(test.right);
  }

  template <typename T>
  static std::vector<uint32_t> compact(std::vector<T>& items, const std::vector<bool>& keep) {
    std::vector<uint32_t> number(items.size(), ~0u);
    uint32_t count = 0;
    for (size_t i = 0; i < items.size(); ++i) {
      if (!keep[i]) continue;
      number[i] = count;
      if (count != i) items[count] = std::move(items[i]);
      ++count;
    }
    items.erase(items.begin() + count, items.end());
    return number;
  }

  Program& program_;
  std::vector<bool> values_, tests_, nodes_;
};

}  // namespace

void prune(Program& program) { Pruner(program).run(); }

}  // namespace lsmpc::plan
