#include <algorithm>
#include <utility>

#include "compiler/lint/finding.h"
#include "compiler/policy/children.h"

namespace lsmpc::lint {
namespace {

using policy::ExprPtr;

struct Walk {
  const policy::HookPolicy& hook;
  const policy::Rule& rule;
  std::vector<Mention>& found;

  void into(const ExprPtr& expr, const ExprPtr& test) {
    if (auto* ref = std::get_if<policy::AttributeRef>(&expr->node))
      found.push_back({&hook, &rule, test, hook.attributes[ref->index].name, expr->range});
    for (const ExprPtr& child : policy::childrenOf(*expr)) into(child, child->type.kind == policy::TypeKind::Bool ? child : test);
  }
};

}  // namespace

Subject subjectOf(const policy::Policy& policy) {
  std::vector<Mention> found;
  for (const policy::HookPolicy& hook : policy.hooks)
    for (const policy::HookRule& hook_rule : hook.rules) {
      const policy::Rule& rule = policy.rules[hook_rule.rule];
      if (rule.verdict != policy::Verdict::None) Walk{hook, rule, found}.into(hook_rule.condition, hook_rule.condition);
    }
  std::stable_sort(found.begin(), found.end(), [](const Mention& a, const Mention& b) {
    return std::pair(a.place.file, a.place.begin) < std::pair(b.place.file, b.place.begin);
  });
  return {policy, std::move(found)};
}

bool refusesOn(const policy::Policy& policy, std::string_view name) {
  return std::any_of(policy.hooks.begin(), policy.hooks.end(), [&](const policy::HookPolicy& hook) {
    return hook.hook.name == name && std::any_of(hook.rules.begin(), hook.rules.end(), [&](const policy::HookRule& rule) {
             return policy::refuses(policy.rules[rule.rule].verdict);
           });
  });
}

}  // namespace lsmpc::lint
