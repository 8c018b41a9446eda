// The expressions directly inside an expression.
#pragma once

#include <vector>

#include "compiler/policy/policy.h"

namespace lsmpc::policy {

std::vector<ExprPtr> childrenOf(const Expr& expr);

// Whether it is judged once for each of two paths.
bool asksEither(const Expr& expr, const HookPolicy& hook);

}  // namespace lsmpc::policy
