// Puts first what decides most for what it costs, among the operands of each `and` and `or`: a path is walked only where cheaper tests leave
// something open, and what an earlier rule has computed costs nothing more.
//
// Any order gives the same result. The logic is Kleene's, no operand has an effect, and none guards another: a member that the running kernel
// lacks is unresolved, whether an `exists` stands before it or behind it.
#pragma once

#include "compiler/decision/decision.h"

namespace lsmpc::plan {

// Fills in what values cost. After prune and once the tests know their matchers.
void orderTests(decision::Program& program);

}  // namespace lsmpc::plan
