#include "compiler/plan/graph.h"

#include <algorithm>

#include "compiler/plan/fold.h"

namespace lsmpc::plan {
namespace {

using namespace decision;

constexpr uint32_t kClassCost = 4;  // a walk over the string, on top of its acquisition
constexpr uint32_t kListedCost = 3;  // two reads and one comparison, or a search by halves
constexpr uint32_t kMaxCost = 1u << 24;

// Equal keys mean equal things: every part ends with a separator.
class Key {
 public:
  template <typename T>
  Key& add(T number) {
    text_ += policy::decimal(static_cast<policy::Int>(number));
    text_ += ' ';
    return *this;
  }
  Key& text(const std::string& s) {
    add(s.size());
    text_ += s;
    return *this;
  }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

std::string keyOf(const Value& v) {
  Key key;
  key.add(int(v.op)).add(int(v.type.kind)).add(v.type.bits).add(v.type.is_signed).add(v.type.btf.value).add(v.type.capacity);
  key.add(v.constant).add(v.index).add(int(v.builtin)).add(v.condition).text(v.argument);
  key.add(int(v.account.kind)).text(v.account.name);
  for (ValueId operand : v.operands) key.add(operand);
  for (const btf::Step& step : v.field.steps) key.add(step.record.value).add(step.bit_offset).text(step.member).add(step.element.value_or(0));
  return key.take();
}

std::string keyOf(const Test& t) {
  Key key;
  key.add(int(t.op)).add(t.left).add(t.right).add(t.mask).add(t.any).add(t.matcher).add(t.predicate).add(t.set);
  for (const policy::Interval& i : t.intervals) key.add(i.low).add(i.high);
  for (const ast::Cidr& c : t.cidrs) {
    key.add(c.prefix).add(c.address.v4);
    for (uint8_t byte : c.address.bytes) key.add(byte);
  }
  return key.take();
}

TestOp mirrored(TestOp op) {
  switch (op) {
    case TestOp::Less: return TestOp::Greater;
    case TestOp::LessEqual: return TestOp::GreaterEqual;
    case TestOp::Greater: return TestOp::Less;
    case TestOp::GreaterEqual: return TestOp::LessEqual;
    default: return op;
  }
}

}  // namespace

Graph::Graph(Program& program) : program_(program) {
  node({NodeOp::False, 0, {}}, 0);
  node({NodeOp::True, 0, {}}, 0);
}

ValueId Graph::constant(policy::Int number, const policy::Type& type) {
  Value value{.op = ValueOp::Const, .type = type};
  value.constant = number;
  return this->value(std::move(value));
}

ValueId Graph::value(Value value) {
  if (value.op == ValueOp::If && (isTrue(value.condition) || isFalse(value.condition)))
    return value.operands[isTrue(value.condition) ? 0 : 1];
  if (value.op == ValueOp::If && value.operands[0] == value.operands[1]) return value.operands[0];
  if (value.op != ValueOp::Const)
    if (auto number = foldValue(program_, value)) return constant(*number, value.type);
  auto [place, added] = values_.emplace(keyOf(value), static_cast<ValueId>(program_.values.size()));
  if (added) {
    value.cost = static_cast<uint8_t>(std::min<uint32_t>(costOf(value), 255));
    program_.values.push_back(std::move(value));
  }
  return place->second;
}

void Graph::name(ValueId id, const std::string& attribute) {
  if (program_.values[id].name.empty() && program_.values[id].op != ValueOp::Const) program_.values[id].name = attribute;
}

NodeId Graph::test(Test test) {
  if (isComparison(test.op) && at(test.left).op == ValueOp::Const && at(test.right).op != ValueOp::Const) {
    std::swap(test.left, test.right);
    test.op = mirrored(test.op);
  }
  if (auto known = foldTest(program_, test)) return constant(*known);
  auto [place, added] = tests_.emplace(keyOf(test), static_cast<TestId>(program_.tests.size()));
  if (added) program_.tests.push_back(std::move(test));
  return node({NodeOp::Test, place->second, {}}, costOf(program_.tests[place->second]));
}

NodeId Graph::negate(NodeId id) {
  if (isTrue(id) || isFalse(id)) return constant(isFalse(id));
  if (program_.nodes[id].op == NodeOp::Not) return program_.nodes[id].children[0];
  return node({NodeOp::Not, 0, {id}}, node_costs_[id]);
}

NodeId Graph::choose(NodeId condition, NodeId then, NodeId otherwise) {
  return any({all({condition, then}), all({negate(condition), otherwise})});
}

NodeId Graph::join(NodeOp op, std::vector<NodeId> children) {
  NodeId neutral = constant(op == NodeOp::And), deciding = constant(op == NodeOp::Or);
  std::vector<NodeId> flat;
  for (NodeId child : children) {
    if (child == deciding) return deciding;
    if (child == neutral) continue;
    const Node& n = program_.nodes[child];
    if (n.op == op)
      flat.insert(flat.end(), n.children.begin(), n.children.end());
    else
      flat.push_back(child);
  }
  std::sort(flat.begin(), flat.end(), [&](NodeId a, NodeId b) { return std::pair(node_costs_[a], a) < std::pair(node_costs_[b], b); });
  flat.erase(std::unique(flat.begin(), flat.end()), flat.end());
  if (flat.empty()) return neutral;
  if (flat.size() == 1) return flat[0];
  uint32_t cost = 0;
  for (NodeId child : flat) cost = std::min(kMaxCost, cost + node_costs_[child]);
  return node({op, 0, std::move(flat)}, cost);
}

NodeId Graph::node(Node node, uint32_t cost) {
  Key key;
  key.add(int(node.op)).add(node.test);
  for (NodeId child : node.children) key.add(child);
  auto [place, added] = nodes_.emplace(key.take(), static_cast<NodeId>(program_.nodes.size()));
  if (added) {
    program_.nodes.push_back(std::move(node));
    node_costs_.push_back(cost);
  }
  return place->second;
}

uint32_t Graph::costOf(const Value& value) const {
  uint32_t cost = 0;
  for (ValueId operand : value.operands) cost += at(operand).cost;
  switch (value.op) {
    case ValueOp::Field: return cost + static_cast<uint32_t>(value.field.steps.size());
    case ValueOp::Builtin: return cost + policy::info(value.builtin).cost;
    case ValueOp::If: return cost + node_costs_[value.condition];
    default: return cost;
  }
}

uint32_t Graph::costOf(const Test& test) const {
  uint32_t cost = at(test.left).cost;
  if (isComparison(test.op)) cost += at(test.right).cost;
  if (test.op == TestOp::Class) cost += kClassCost;
  if (test.op == TestOp::Listed || test.op == TestOp::InMap) cost += kListedCost;
  return cost + static_cast<uint32_t>(std::min<size_t>(test.intervals.size() + test.cidrs.size(), 64) / 8);
}

}  // namespace lsmpc::plan
