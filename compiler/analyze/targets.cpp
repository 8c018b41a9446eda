#include "compiler/analyze/targets.h"

#include "compiler/policy/children.h"

namespace lsmpc::analyze {
namespace {

bool asksExists(const policy::Expr& expr) {
  if (std::holds_alternative<policy::Exists>(expr.node)) return true;
  for (const policy::ExprPtr& child : policy::childrenOf(expr))
    if (asksExists(*child)) return true;
  return false;
}

}  // namespace

std::vector<uint32_t> targetsThatDiffer(const policy::HookPolicy& hook) {
  bool differ = false;
  for (const policy::Attribute& attribute : hook.attributes) differ = differ || asksExists(*attribute.value);
  for (const policy::HookRule& rule : hook.rules) differ = differ || asksExists(*rule.condition);
  std::vector<uint32_t> targets;
  for (uint32_t target = 0; target < 32; ++target)
    if (hook.targets >> target & 1 && (differ || targets.empty())) targets.push_back(target);
  return targets;
}

}  // namespace lsmpc::analyze
