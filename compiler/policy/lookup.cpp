#include "compiler/policy/lookup.h"

#include "compiler/policy/children.h"

namespace lsmpc::policy {
namespace {

void collect(const Expr& expr, DynamicSets& sets) {
  if (auto* among = std::get_if<InDynamic>(&expr.node)) sets[among->set->name] = among->set;
  for (const ExprPtr& child : childrenOf(expr)) collect(*child, sets);
}

}  // namespace

const HookPolicy* hookNamed(const Policy& policy, const std::string& name, uint32_t member) {
  for (const HookPolicy& hook : policy.hooks)
    if (hook.hook.name == name && hook.member == member) return &hook;
  return nullptr;
}

DynamicSets dynamicSetsOf(const Policy& policy) {
  DynamicSets sets;
  for (const HookPolicy& hook : policy.hooks)
    for (const HookRule& rule : hook.rules) collect(*rule.condition, sets);
  return sets;
}

}  // namespace lsmpc::policy
