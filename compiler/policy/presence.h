// What can become of a value when it is read.
#pragma once

#include "compiler/policy/test.h"

namespace lsmpc::policy {

// Whether an expression on a hook can be absent, or unresolved; always true of Presence::Value.
bool canBe(Presence presence, const Expr& expr, const HookPolicy& hook);

}  // namespace lsmpc::policy
