#include "compiler/plan/reach.h"

namespace lsmpc::plan {

using namespace decision;

// A rule that wants certainty leaves events behind it whose condition is open, the others none but those where it is false. Then so is each
// part of an `or`.
void Reach::decide(NodeId condition, bool certain, uint32_t rule) {
  settle(condition, certain, rule);
  const Node& node = program_->nodes[condition];
  if (node.op != NodeOp::Or) return;
  for (NodeId child : node.children) settle(child, certain, rule);
}

void Reach::settle(NodeId condition, bool certain, uint32_t rule) {
  auto [known, is_new] = settled_.emplace(condition, Settled{rule, !certain});
  if (!is_new && !certain && !known->second.is_false) known->second = {rule, true};
}

std::optional<uint32_t> Reach::before(NodeId condition, bool certain, int depth) const {
  if (auto known = settled_.find(condition); known != settled_.end() && (certain || known->second.is_false)) return known->second.rule;
  const Node& node = program_->nodes[condition];
  if (depth == 0 || (node.op != NodeOp::And && node.op != NodeOp::Or)) return std::nullopt;
  std::optional<uint32_t> found;
  for (NodeId child : node.children) {
    found = before(child, certain, depth - 1);
    if (found.has_value() == (node.op == NodeOp::And)) break;
  }
  return found;
}

}  // namespace lsmpc::plan
