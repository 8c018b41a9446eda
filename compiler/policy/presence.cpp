#include "compiler/policy/presence.h"

#include <algorithm>

#include "compiler/policy/children.h"

namespace lsmpc::policy {

// What the kernel's object does not have is absent only where a definition allows for that; a pointer on the way may always fault, and what a
// loader fills in may not be there.
bool canBe(Presence presence, const Expr& expr, const HookPolicy& hook) {
  if (presence == Presence::Value) return true;
  bool absent = presence == Presence::Absent;
  auto inside = [&](const ExprPtr& part) { return canBe(presence, *part, hook); };
  if (auto* ref = std::get_if<AttributeRef>(&expr.node)) return inside(hook.attributes[ref->index].value);
  if (auto* call = std::get_if<BuiltinCall>(&expr.node)) {
    const BuiltinInfo& builtin = info(call->builtin);
    if (absent ? builtin.absent : builtin.unresolved) return true;
  } else if (auto* field = std::get_if<Field>(&expr.node)) {
    if (!absent && field->base->type.kind == TypeKind::Pointer) return true;
  } else if (absent && expr.type.kind == TypeKind::Bool) {
    return false;  // a test of what is absent is false
  } else if (std::holds_alternative<InDynamic>(expr.node) || std::holds_alternative<Account>(expr.node)) {
    return !absent;
  }
  std::vector<ExprPtr> parts = childrenOf(expr);
  return std::any_of(parts.begin(), parts.end(), inside);
}

}  // namespace lsmpc::policy
