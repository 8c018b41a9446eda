// The expressions directly inside an expression.
#pragma once

#include <vector>

#include "compiler/policy/policy.h"

namespace lsmpc::policy {

std::vector<ExprPtr> childrenOf(const Expr& expr);

}  // namespace lsmpc::policy
