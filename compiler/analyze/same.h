// Whether two expressions say the same, whatever their attributes are called.
#pragma once

#include <string>

#include "compiler/policy/policy.h"

namespace lsmpc::analyze {

struct Placed {
  const policy::Expr& expr;
  const policy::HookPolicy& hook;
};

bool sameExpr(const Placed& left, const Placed& right);
// Conditions and what becomes of an event; not the rules' places or ids.
bool sameRule(const policy::Policy& left, const policy::HookPolicy& left_hook, size_t left_place, const policy::Policy& right,
              const policy::HookPolicy& right_hook, size_t right_place);

}  // namespace lsmpc::analyze
