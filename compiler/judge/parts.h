// The conditions that `and`, `or` and `not` join to the one of a rule, as its author wrote them: `path ~ "/etc/**"`, `exe not in tools`.
#pragma once

#include <functional>
#include <vector>

#include "compiler/judge/condition.h"

namespace lsmpc::judge {

// In the order written. Constants are none: nothing that happens changes them.
std::vector<const policy::Expr*> partsOf(const policy::Expr& whole);

// Told of each part that was asked. The right side of an `and` or `or` is not, where the left one decides.
using Witness = std::function<void(const policy::Expr& part, Truth truth)>;
// The whole, as Condition::judge has it.
Truth judgeParts(const policy::Expr& whole, Condition& condition, const Witness& witness);

}  // namespace lsmpc::judge
