#include "compiler/plan/graph.h"

#include <algorithm>

#include "compiler/plan/fold.h"

namespace lsmpc::plan {
namespace {

using namespace decision;

// Equal keys mean equal things: of one kind of thing the same numbers stand at the same places, and a text or a list comes behind its length.
class Key {
 public:
  template <typename T>
  Key& add(T number) {
    static_assert(std::is_integral_v<T> || std::is_same_v<T, policy::Int>);
    bytes_.append(reinterpret_cast<const char*>(&number), sizeof number);
    return *this;
  }
  Key& text(const std::string& s) {
    add(s.size());
    bytes_ += s;
    return *this;
  }
  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

std::string keyOf(const Value& v) {
  Key key;
  key.add(int(v.op)).add(int(v.type.kind)).add(v.type.bits).add(v.type.is_signed).add(v.type.btf.value).add(v.type.capacity);
  key.add(v.constant).add(v.index).add(int(v.builtin)).add(v.condition).text(v.argument);
  key.add(int(v.account.kind)).text(v.account.name);
  key.add(v.operands.size());
  for (ValueId operand : v.operands) key.add(operand);
  for (const btf::Step& step : v.field.steps)
    key.add(step.record.value).add(step.bit_offset).text(step.member).add(step.element.value_or(0));
  return key.take();
}

std::string keyOf(const Test& t) {
  Key key;
  key.add(int(t.op)).add(t.left).add(t.right).add(t.mask).add(t.any).add(t.matcher).add(t.predicate).add(t.set);
  key.add(t.intervals.size());
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
  add({NodeOp::False, 0, {}});
  add({NodeOp::True, 0, {}});
}

ValueId Graph::constant(policy::Int number, const policy::Type& type) {
  Value value{.op = ValueOp::Const, .type = type};
  value.constant = number;
  return this->value(std::move(value));
}

ValueId Graph::value(Value value) {
  if (value.op == ValueOp::If && (isTrue(value.condition) || isFalse(value.condition)))
    return value.operands[isTrue(value.condition) ? 0 : 1];
  if (value.op != ValueOp::Const)
    if (auto number = foldValue(program_, value)) return constant(*number, value.type);
  auto [place, added] = values_.emplace(keyOf(value), static_cast<ValueId>(program_.values.size()));
  if (added) program_.values.push_back(std::move(value));
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
  if (added) of_tests_.push_back(add({NodeOp::Test, place->second, {}}));
  return of_tests_[place->second];
}

NodeId Graph::negate(NodeId id) {
  if (isTrue(id) || isFalse(id)) return constant(isFalse(id));
  if (program_.nodes[id].op == NodeOp::Not) return program_.nodes[id].children[0];
  return node(NodeOp::Not, {id});
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
  std::sort(flat.begin(), flat.end());
  flat.erase(std::unique(flat.begin(), flat.end()), flat.end());
  if (flat.empty()) return neutral;
  if (flat.size() == 1) return flat[0];
  return node(op, std::move(flat));
}

NodeId Graph::node(NodeOp op, std::vector<NodeId> children) {
  Key key;
  key.add(int(op));
  for (NodeId child : children) key.add(child);
  auto [place, added] = joined_.emplace(key.take(), static_cast<NodeId>(program_.nodes.size()));
  if (added) add({op, 0, std::move(children)});
  return place->second;
}

NodeId Graph::add(Node node) {
  program_.nodes.push_back(std::move(node));
  return static_cast<NodeId>(program_.nodes.size() - 1);
}

}  // namespace lsmpc::plan
