// What a comparison compares a field with.
#pragma once

#include "runtime/where.h"
#include "runtime/where_token.h"

namespace lsmpc::runtime {

// Behind the operator `op` (of those that the field's type takes, `!=` and `!~` as `==` and `~`): takes the value or the set of values. Throws Failure MistypedComparison, ConditionUnreadable.
void readValues(WhereTokens& tokens, std::string_view op, Comparison& comparison);

}  // namespace lsmpc::runtime
