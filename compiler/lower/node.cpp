// Conditions. A child is skipped when what is known decides already, but only where evaluating it costs something.
#include <algorithm>

#include "compiler/lower/program.h"

namespace lsmpc::lower {

using namespace llvm;
using decision::NodeId;
using decision::NodeOp;
using decision::TestOp;
using decision::ValueId;

void ProgramLowering::countUses() {
  uses_.assign(program_.nodes.size(), 0);
  for (const decision::Node& node : program_.nodes)
    for (NodeId child : node.children) ++uses_[child];
  for (const decision::Value& value : program_.values)
    if (value.op == decision::ValueOp::If) ++uses_[value.condition];
  for (const decision::Step& step : program_.steps) ++uses_[step.condition];
  for (const decision::Table& table : program_.tables)
    for (const decision::TableCondition& condition : table.conditions) ++uses_[condition.node];
}

Truth ProgramLowering::node(NodeId id) {
  const decision::Node& node = program_.nodes[id];
  switch (node.op) {
    case NodeOp::True: return {builder_.getTrue(), builder_.getFalse()};
    case NodeOp::False: return {builder_.getFalse(), builder_.getTrue()};
    case NodeOp::Test: return test(node.test);
    case NodeOp::Not: {
      Truth operand = this->node(node.children[0]);
      return {operand.no, operand.yes};
    }
    default: break;
  }
  if (uses_[id] < 2) return compound(node);
  auto known = node_cells_.find(id);
  Type* bit = builder_.getInt1Ty();
  if (known == node_cells_.end()) known = node_cells_.emplace(id, memo_.add({bit, bit}, "n" + std::to_string(id))).first;
  Memo::Words words = memo_.get(known->second, [&]() -> Memo::Words {
    Truth truth = compound(node);
    return {truth.yes, truth.no};
  });
  return {words[0], words[1]};
}

Truth ProgramLowering::compound(const decision::Node& node) {
  bool is_and = node.op == NodeOp::And;
  Truth all{builder_.getInt1(is_and), builder_.getInt1(!is_and)};
  auto join = [&](const Truth& truth) {
    if (is_and) return Truth{builder_.CreateAnd(all.yes, truth.yes), builder_.CreateOr(all.no, truth.no)};
    return Truth{builder_.CreateOr(all.yes, truth.yes), builder_.CreateAnd(all.no, truth.no)};
  };
  for (NodeId child : node.children) {
    if (!needsWork(child)) {
      Truth joined = join(this->node(child));
      all = {comparison_.pinned(joined.yes), comparison_.pinned(joined.no)};
      continue;
    }
    BasicBlock *from = builder_.GetInsertBlock(), *work = block("open"), *after = block("decided");
    builder_.CreateCondBr(is_and ? all.no : all.yes, after, work);
    builder_.SetInsertPoint(work);
    memo_.enter();
    Truth joined = join(this->node(child));
    memo_.leave();
    BasicBlock* last = builder_.GetInsertBlock();
    builder_.CreateBr(after);
    builder_.SetInsertPoint(after);
    PHINode *yes = builder_.CreatePHI(builder_.getInt1Ty(), 2), *no = builder_.CreatePHI(builder_.getInt1Ty(), 2);
    yes->addIncoming(builder_.getInt1(!is_and), from);
    no->addIncoming(builder_.getInt1(is_and), from);
    yes->addIncoming(joined.yes, last);
    no->addIncoming(joined.no, last);
    all = {yes, no};
  }
  return all;
}

// Whether evaluating the node calls for something expensive that is not at hand.
bool ProgramLowering::needsWork(NodeId id) const {
  if (auto cell = node_cells_.find(id); cell != node_cells_.end() && memo_.isKnown(cell->second)) return false;
  const decision::Node& node = program_.nodes[id];
  if (node.op != NodeOp::Test)
    return std::any_of(node.children.begin(), node.children.end(), [&](NodeId child) { return needsWork(child); });
  const decision::Test& test = program_.tests[node.test];
  if (test.op == TestOp::Class) {
    auto cell = accept_cells_.find({test.matcher, test.left});
    return cell == accept_cells_.end() || !memo_.isKnown(cell->second);
  }
  if (test.op == TestOp::Listed || test.op == TestOp::InMap) {
    auto cell = listed_cells_.find(node.test);
    return cell == listed_cells_.end() || !memo_.isKnown(cell->second);
  }
  return isPending(test.left) || (isComparison(test.op) && isPending(test.right));
}

bool ProgramLowering::isPending(ValueId id) const {
  auto cell = value_cells_.find(id);
  return isExpensive(id) && (cell == value_cells_.end() || !memo_.isKnown(cell->second));
}

// Cheap values come before the condition branches, so that later rules find them without a test.
void ProgramLowering::prepare(NodeId id) {
  const decision::Node& node = program_.nodes[id];
  for (NodeId child : node.children) {
    if (comparison_.isStraight() && !needsWork(child)) continue;  // no branch comes before it, and the stack is small
    if (auto cell = node_cells_.find(child); cell == node_cells_.end() || !memo_.isKnown(cell->second)) prepare(child);
  }
  if (node.op != NodeOp::Test) return;
  const decision::Test& test = program_.tests[node.test];
  if (!isExpensive(test.left)) value(test.left);
  if (isComparison(test.op) && !isExpensive(test.right)) value(test.right);
}

}  // namespace lsmpc::lower
