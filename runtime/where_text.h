// Texts in quotes, as the policy language has them.
#pragma once

#include "runtime/where_token.h"

namespace lsmpc::runtime {

// With its escapes resolved: \" \\ \n \t \xHH. Throws Failure ConditionUnreadable for any other.
std::string textOf(const WhereTokens& tokens, const WhereToken& string);
// The same, but `\` before what means something in a glob stays, and so does `\\`.
std::string globOf(const WhereTokens& tokens, const WhereToken& string);

}  // namespace lsmpc::runtime
