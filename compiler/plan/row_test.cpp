#include "compiler/plan/row_test.h"

#include <algorithm>

namespace lsmpc::plan {
namespace {

using namespace decision;
using match::Span;
using Kind = Table::Kind;

// Of these every text is "" or begins at the root, as a table's paths do.
constexpr policy::Builtin kWalks[] = {policy::Builtin::PathOf, policy::Builtin::PathAt, policy::Builtin::FilePath, policy::Builtin::FsPath};

bool isWalk(const Value& value) {
  return value.op == ValueOp::Builtin && std::find(std::begin(kWalks), std::end(kWalks), value.builtin) != std::end(kWalks);
}

bool isNumber(const Value& value) { return value.type.kind == policy::TypeKind::Int || value.type.kind == policy::TypeKind::Flags; }

std::vector<Span> common(const std::vector<Span>& left, const std::vector<Span>& right) {
  std::vector<Span> both;
  for (auto l = left.begin(), r = right.begin(); l != left.end() && r != right.end(); l->high < r->high ? ++l : ++r) {
    Span span{std::max(l->low, r->low), std::min(l->high, r->high)};
    if (span.low <= span.high) both.push_back(span);
  }
  return both;
}

// What holds of a number where it compares so with the constant.
policy::Interval intervalOf(TestOp op, policy::Int constant) {
  const policy::Int lowest = INT64_MIN, highest = UINT64_MAX;
  switch (op) {
    case TestOp::Less: return {lowest, constant - 1};
    case TestOp::LessEqual: return {lowest, constant};
    case TestOp::Greater: return {constant + 1, highest};
    case TestOp::GreaterEqual: return {constant, highest};
    default: return {constant, constant};
  }
}

}  // namespace

std::vector<ValueId> RowTests::subjects(NodeId condition) const {
  std::vector<ValueId> found;
  auto add = [&](NodeId id) {
    auto test = testOf(id);
    if (test && std::find(found.begin(), found.end(), test->subject) == found.end()) found.push_back(test->subject);
    return test.has_value();
  };
  const Node& node = program_.nodes[condition];
  if (!add(condition) && node.op == NodeOp::And)
    for (NodeId child : node.children) add(child);
  return found;
}

std::optional<Apart> RowTests::takeApart(NodeId condition, ValueId subject) const {
  if (auto test = testOf(condition); test && test->subject == subject) return Apart{std::move(*test), Graph::kTrue};
  const Node& node = program_.nodes[condition];
  if (node.op != NodeOp::And) return std::nullopt;
  std::optional<RowTest> found;
  std::vector<NodeId> rest;
  for (NodeId child : node.children) {
    auto test = testOf(child);
    if (!test || test->subject != subject || (found && test->kind == Kind::Paths))
      rest.push_back(child);
    else if (found)
      found->spans = common(found->spans, test->spans);
    else
      found = std::move(test);
  }
  if (!found) return std::nullopt;
  return Apart{std::move(*found), graph_.all(std::move(rest))};
}

std::optional<RowTest> RowTests::testOf(NodeId id) const {
  const Node& node = program_.nodes[id];
  switch (node.op) {
    case NodeOp::Test: return ofOne(program_.tests[node.test]);
    case NodeOp::And:
    case NodeOp::Or: return joined(node);
    default: return std::nullopt;
  }
}

// Tests of the same value joined. Patterns are joined by `or` only.
std::optional<RowTest> RowTests::joined(const Node& node) const {
  std::optional<RowTest> all;
  for (NodeId child : node.children) {
    auto one = testOf(child);
    if (!one || (all && all->subject != one->subject) || (node.op == NodeOp::And && one->kind == Kind::Paths)) return std::nullopt;
    if (!all) {
      all = std::move(one);
    } else if (node.op == NodeOp::And) {
      all->spans = common(all->spans, one->spans);
    } else {
      all->patterns.insert(all->patterns.end(), one->patterns.begin(), one->patterns.end());
      all->spans.insert(all->spans.end(), one->spans.begin(), one->spans.end());
    }
  }
  all->spans = match::joined(std::move(all->spans));
  return all;
}

std::optional<RowTest> RowTests::ofOne(const Test& test) const {
  const Value& value = program_.values[test.left];
  if (test.op == TestOp::Class && isWalk(value)) return RowTest{Kind::Paths, test.left, matchers_.patternsOf(test), {}};
  if (test.op == TestOp::Cidrs) return RowTest{Kind::Networks, test.left, {}, spansOf(test.cidrs)};
  if (test.op == TestOp::Listed && sets_.kindOf(test.set) == Set::Kind::Networks)
    return RowTest{Kind::Networks, test.left, {}, sets_.spansOf(test.set)};
  return isNumber(value) ? ofNumber(test) : std::nullopt;
}

std::optional<RowTest> RowTests::ofNumber(const Test& test) const {
  bool is_signed = program_.values[test.left].type.is_signed;
  if (test.op == TestOp::Intervals) return RowTest{Kind::Numbers, test.left, {}, spansOf(test.intervals, is_signed)};
  if (test.op == TestOp::Listed) return RowTest{Kind::Numbers, test.left, {}, sets_.spansOf(test.set)};
  if (!isComparison(test.op)) return std::nullopt;
  const Value& right = program_.values[test.right];
  if (right.op != ValueOp::Const || !isNumber(right)) return std::nullopt;
  return RowTest{Kind::Numbers, test.left, {}, spansOf({intervalOf(test.op, right.constant)}, is_signed)};
}

}  // namespace lsmpc::plan
