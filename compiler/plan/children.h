// The expressions directly inside an expression.
#pragma once

#include <vector>

#include "compiler/policy/policy.h"

namespace lsmpc::plan {

std::vector<policy::ExprPtr> childrenOf(const policy::Expr& expr);

}  // namespace lsmpc::plan
