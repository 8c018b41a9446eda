#include "compiler/plan/order.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace lsmpc::plan {
namespace {

using namespace decision;

constexpr uint64_t kAlways = 1000;  // of the shares in costs.def
constexpr uint64_t kLoad = 10;      // a member, by loads
constexpr uint64_t kMostCost = 1u << 20;

struct TestWorth {
  uint64_t cost, share;
};
TestWorth worthOf(TestOp wanted) {
  constexpr struct {
    TestOp op;
    TestWorth worth;
  } kWorths[] = {
#define LSMPC_TEST(op, cost, share) {TestOp::op, {cost, share}},
#include "compiler/plan/costs.def"
  };
  return std::find_if(std::begin(kWorths), std::end(kWorths), [&](const auto& one) { return one.op == wanted; })->worth;
}

// `calls`: something expensive. The rest is computed in any case, before the branches (lower/node.cpp).
struct Estimate {
  uint64_t cost = 0;
  uint64_t share = 0;  // of 1,000 events those that it holds for
  bool calls = false;

  void add(const Estimate& more) {
    cost = std::min(cost + more.cost, kMostCost);
    calls = calls || more.calls;
  }
};

class Orderer {
 public:
  explicit Orderer(Program& program)
      : program_(program),
        at_hand_(program.values.size() + program.tests.size()),
        ordered_(program.nodes.size()),
        values_(program.values.size()),
        nodes_(program.nodes.size()) {
    for (TestId t = 0; t < program.tests.size(); ++t) {
      const Test& test = program.tests[t];
      searches_.push_back(test.op == TestOp::Class ? automata_.emplace(std::pair(test.matcher, test.left), t).first->second : t);
    }
  }

  void run() {
    for (ValueId v = 0; v < program_.values.size(); ++v) program_.values[v].cost = static_cast<uint32_t>(estimateValue(v).cost);
    for (const Step& step : program_.steps) step.table ? visit(program_.tables[*step.table]) : visit(step.condition);
  }

 private:
  template <typename T>
  struct Remembered {
    T value;
    uint32_t version = 0;
  };

  bool isSearch(TestId id) const {
    TestOp op = program_.tests[id].op;
    return op == TestOp::Class || op == TestOp::Listed || op == TestOp::InMap;
  }
  // The place in at_hand_ of what a test looks up: of the tests by one automaton, one.
  size_t searchOf(TestId id) const { return program_.values.size() + searches_[id]; }

  Estimate estimateValue(ValueId id) {
    if (at_hand_[id]) return {};
    Remembered<Estimate>& known = values_[id];
    if (known.version == version_) return known.value;
    const Value& value = program_.values[id];
    Estimate result;
    for (ValueId operand : value.operands) result.add(estimateValue(operand));
    if (value.op == ValueOp::Field) result.add({kLoad * value.field.steps.size()});
    if (value.op == ValueOp::Builtin) {
      uint64_t cost = policy::info(value.builtin).cost;
      result.add({cost, 0, cost >= policy::kExpensiveCall});
    }
    if (value.op == ValueOp::If) result.add(estimate(value.condition));
    known = {result, version_};
    return result;
  }

  Estimate estimateTest(TestId id) {
    const Test& test = program_.tests[id];
    TestWorth worth = worthOf(test.op);
    Estimate result{0, worth.share};
    if (isSearch(id) && at_hand_[searchOf(id)]) return result;
    result.add(estimateValue(test.left));
    if (isComparison(test.op)) result.add(estimateValue(test.right));
    result.add({worth.cost, 0, isSearch(id)});
    return result;
  }

  Estimate estimate(NodeId id) {
    Remembered<Estimate>& known = nodes_[id];
    if (known.version == version_) return known.value;
    const Node& node = program_.nodes[id];
    Estimate result;
    switch (node.op) {
      case NodeOp::True: result.share = kAlways; break;
      case NodeOp::False: break;
      case NodeOp::Test: result = estimateTest(node.test); break;
      case NodeOp::Not:
        result = estimate(node.children[0]);
        result.share = kAlways - result.share;
        break;
      default: result = estimateJoined(node); break;
    }
    known = {result, version_};
    return result;
  }

  // Operands in the best order, each as far as those before it leave something open.
  Estimate estimateJoined(const Node& node) {
    std::vector<NodeId> children = node.children;
    sort(node.op, children);
    Estimate result;
    uint64_t open = kAlways;
    for (NodeId child : children) {
      Estimate one = estimate(child);
      result.add({one.cost * open / kAlways, 0, one.calls});
      open = open * (kAlways - decides(node.op, one)) / kAlways;
    }
    result.share = node.op == NodeOp::And ? open : kAlways - open;
    return result;
  }

  static uint64_t decides(NodeOp op, const Estimate& one) { return op == NodeOp::And ? kAlways - one.share : one.share; }

  void sort(NodeOp op, std::vector<NodeId>& children) {
    auto rank = [&](NodeId id) {
      Estimate one = estimate(id);
      return std::tuple(one.calls, one.cost * kAlways / std::max<uint64_t>(decides(op, one), 1), id);
    };
    std::sort(children.begin(), children.end(), [&](NodeId a, NodeId b) { return rank(a) < rank(b); });
  }

  // Of a table of numbers or addresses the value is asked for first, and then all else only where a row is found.
  void visit(const Table& table) {
    if (table.kind != Table::Kind::Paths) takeValue(table.subject);
    size_t before = log_.size();
    for (const TableCondition& one : table.conditions) visit(one.node);
    if (table.kind != Table::Kind::Paths) forget(before);
  }

  // The node is judged here, whatever the event: what it begins with is at hand from here on.
  void visit(NodeId id) {
    Node& node = program_.nodes[id];
    switch (node.op) {
      case NodeOp::True:
      case NodeOp::False: return;
      case NodeOp::Test: return take(node.test);
      case NodeOp::Not: return visit(node.children[0]);
      default: break;
    }
    if (ordered_[id]) return visit(node.children[0]);
    ordered_[id] = true;
    order(node);
  }

  void order(Node& node) {
    size_t after_first = 0, sorted_at = log_.size();
    sort(node.op, node.children);
    for (size_t i = 0; i < node.children.size(); ++i) {
      if (sorted_at != log_.size()) {
        std::vector<NodeId> rest(node.children.begin() + static_cast<ptrdiff_t>(i), node.children.end());
        sort(node.op, rest);
        std::copy(rest.begin(), rest.end(), node.children.begin() + static_cast<ptrdiff_t>(i));
        sorted_at = log_.size();
      }
      visit(node.children[i]);
      if (i == 0) after_first = log_.size();
    }
    forget(after_first);
  }

  void take(TestId id) {
    const Test& test = program_.tests[id];
    takeValue(test.left);
    if (isComparison(test.op)) takeValue(test.right);
    if (isSearch(id)) keep(searchOf(id));
  }

  void takeValue(ValueId id) {
    if (at_hand_[id]) return;
    const Value& value = program_.values[id];
    for (ValueId operand : value.operands) takeValue(operand);
    if (value.op == ValueOp::If) visit(value.condition);
    keep(id);
  }

  void keep(size_t place) {
    if (at_hand_[place]) return;
    at_hand_[place] = true;
    log_.push_back(place);
    ++version_;
  }

  void forget(size_t after) {
    if (log_.size() == after) return;
    for (; log_.size() > after; log_.pop_back()) at_hand_[log_.back()] = false;
    ++version_;
  }

  Program& program_;
  std::vector<size_t> log_;    // what is at hand, in the order in which it came
  std::vector<bool> at_hand_;  // values, then searches
  std::vector<bool> ordered_;
  uint32_t version_ = 1;  // of what is at hand; estimates hold for one
  std::vector<Remembered<Estimate>> values_, nodes_;
  std::map<std::pair<uint32_t, ValueId>, TestId> automata_;
  std::vector<TestId> searches_;
};

}  // namespace

void orderTests(Program& program) { Orderer(program).run(); }

}  // namespace lsmpc::plan
