#include "compiler/judge/parts.h"

#include <algorithm>

#include "compiler/policy/children.h"

namespace lsmpc::judge {
namespace {

// `exe !~ "/usr/**"` is a negation, and `a == b` of two conditions four of them, that stand in no place of their own.
bool isPart(const policy::Expr& expr) {
  if (!std::holds_alternative<policy::Not>(expr.node) && !std::holds_alternative<policy::Logic>(expr.node)) return true;
  std::vector<policy::ExprPtr> children = policy::childrenOf(expr);
  return std::all_of(children.begin(), children.end(), [&](const policy::ExprPtr& child) { return child->range == expr.range; });
}

void addParts(const policy::Expr& whole, std::vector<const policy::Expr*>& parts) {
  if (std::holds_alternative<policy::BoolConst>(whole.node)) return;
  if (isPart(whole)) return parts.push_back(&whole);
  for (const policy::ExprPtr& child : policy::childrenOf(whole)) addParts(*child, parts);
}

}  // namespace

std::vector<const policy::Expr*> partsOf(const policy::Expr& whole) {
  std::vector<const policy::Expr*> parts;
  addParts(whole, parts);
  return parts;
}

Truth judgeParts(const policy::Expr& whole, Condition& condition, const Witness& witness) {
  if (isPart(whole)) {
    Truth truth = condition.judge(whole);
    if (!std::holds_alternative<policy::BoolConst>(whole.node)) witness(whole, truth);
    return truth;
  }
  if (auto* negation = std::get_if<policy::Not>(&whole.node)) return negated(judgeParts(*negation->operand, condition, witness));
  const auto& logic = std::get<policy::Logic>(whole.node);
  Truth left = judgeParts(*logic.left, condition, witness);
  if (left == truthOf(!logic.is_and)) return left;
  Truth right = judgeParts(*logic.right, condition, witness);
  return logic.is_and ? both(left, right) : either(left, right);
}

}  // namespace lsmpc::judge
