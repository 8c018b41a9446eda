#include "compiler/cost/count.h"

#include <algorithm>
#include <bit>

namespace lsmpc::cost {

using decision::NodeOp;
using decision::TestOp;
using decision::ValueId;
using decision::ValueOp;

namespace {

constexpr uint64_t kTextBytes = 15;  // of a text that is no path: a task's name

Amount ofText(Amount amount) {
  amount.fixed += kTextBytes * amount.per_byte;
  amount.per_byte = amount.per_name = 0;
  return amount;
}

}  // namespace

Amount& Amount::operator+=(const Amount& other) {
  loads += other.loads;
  calls += other.calls;
  fixed += other.fixed;
  per_name += other.per_name;
  per_byte += other.per_byte;
  verified += other.verified;
  return *this;
}

Counter::Counter(const decision::Decision& decision, const decision::Program& program)
    : decision_(decision),
      program_(program),
      untyped_(std::popcount(decision.policy.task_storage) < static_cast<int>(decision.policy.targets.size())) {}

void Counter::add(Unit unit) { amount_ += amountOf(unit, untyped_); }

// As lowering reads it: an argument by loads, and the acting task where it is typed.
bool Counter::isProbed(ValueId id) const {
  const decision::Value& value = program_.values[id];
  if (value.op == ValueOp::Argument) return false;
  if (value.op == ValueOp::Builtin && value.builtin == policy::Builtin::Current) return untyped_;
  if (value.op != ValueOp::Field) return true;
  auto isUntyped = [](const btf::Step& step) { return step.overlaps_pointer || step.element; };
  return isProbed(value.operands[0]) || std::any_of(value.field.steps.begin(), value.field.steps.end(), isUntyped);
}

void Counter::value(ValueId id) {
  const decision::Value& value = program_.values[id];
  if (!values_.insert(id).second) return;
  for (ValueId operand : value.operands) this->value(operand);
  switch (value.op) {
    case ValueOp::Const:
    case ValueOp::Exists: return;
    case ValueOp::Field:
      if (value.type.kind != policy::TypeKind::Record) add(isProbed(id) ? Unit::Probe : Unit::Load);
      return;
    case ValueOp::If: condition(value.condition); return add(Unit::Free);
    case ValueOp::Builtin: return add(unitOf(value.builtin));
    default: return add(Unit::Free);
  }
}

void Counter::condition(decision::NodeId id) {
  const decision::Node& node = program_.nodes[id];
  if (node.op == NodeOp::Test) test(program_.tests[node.test]);
  for (decision::NodeId child : node.children) condition(child);
}

void Counter::test(const decision::Test& test) {
  value(test.left);
  if (test.op == TestOp::Class) return text(test);
  if (test.op == TestOp::Listed || test.op == TestOp::InMap) return listed(test);
  add(Unit::Compare);
  for (size_t i = 1; i < test.intervals.size() + test.cidrs.size(); ++i) add(Unit::Among);
  if (!decision::isComparison(test.op)) return;
  value(test.right);
  if (policy::isText(program_.values[test.left].type)) add(Unit::Same);
}

void Counter::text(const decision::Test& test) {
  add(Unit::Class);
  if (!matched_.emplace(test.matcher, test.left).second) return;
  Amount match = amountOf(Unit::Match, untyped_);
  amount_ += program_.values[test.left].type.kind == policy::TypeKind::Path ? match : ofText(match);
}

void Counter::listed(const decision::Test& test) {
  add(Unit::Compare);
  if (test.op == TestOp::InMap) return add(Unit::DynamicSet);
  if (!sets_.insert(test.set).second) return;
  const decision::Set& set = decision_.sets[test.set];
  bool texts = set.kind == decision::Set::Kind::Strings;
  add(texts ? Unit::SetOfTexts : Unit::SetOfNumbers);
  for (int level = texts ? 0 : std::bit_width(set.elements); level > 0; --level) add(Unit::SetLevel);
}

void Counter::kinds(decision::NodeId id, bool& paths, bool& others) const {
  const decision::Node& node = program_.nodes[id];
  if (node.op == NodeOp::Test) {
    const decision::Value& value = program_.values[program_.tests[node.test].left];
    (value.op == ValueOp::Builtin && unitOf(value.builtin) == Unit::Walk ? paths : others) = true;
  }
  for (decision::NodeId child : node.children) kinds(child, paths, others);
}

void Counter::shown(decision::ValueId id, bool by_probes) {
  bool is_walk = program_.values[id].op == ValueOp::Builtin && unitOf(program_.values[id].builtin) == Unit::Walk;
  if (is_walk && by_probes && values_.insert(id).second) return add(Unit::ProbedWalk);
  value(id);
}

void Counter::step(const decision::Step& step) {
  add(Unit::Step);
  condition(step.condition);
  bool paths = false, others = false;
  kinds(step.condition, paths, others);
  if (others) add(Unit::Guarded);
  if (others && !decision::showsByProbes(decision_, program_, step.rule)) add(Unit::Shown);
  if (others && paths) add(Unit::GuardedText);
}

uint64_t Counter::wildcards(const decision::Table& table) const {
  return table.sizes.most_active * table.sizes.most_automata * amountOf(Unit::TableAutomaton, untyped_).instructions();
}

void Counter::table(const decision::Table& table) {
  value(table.subject);
  for (const decision::TableCondition& one : table.conditions) condition(one.node);
  if (table.kind != decision::Table::Kind::Paths) return intervals(table);
  if (table.bytes) return add(Unit::Match);
  add(Unit::Table);
  for (uint32_t i = 0; i < table.sizes.most_active; ++i) add(Unit::TableEdges);
  for (uint32_t i = 0; i < table.sizes.most_active * table.sizes.most_automata; ++i) add(Unit::TableAutomaton);
}

// Where rows have conditions it is searched again once these are judged.
void Counter::intervals(const decision::Table& table) {
  for (int search = table.conditions.size() > 1 ? 2 : 1; search > 0; --search) {
    add(Unit::TableOfNumbers);
    for (uint32_t i = 0; i < table.pieces.steps; ++i) add(Unit::SetLevel);
  }
}

}  // namespace lsmpc::cost
