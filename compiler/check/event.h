// What keys of events are. ExpressionChecker (event.cpp) types keys and values.
#pragma once

#include "compiler/policy/test.h"

namespace lsmpc::check {

bool isManyValued(const policy::Expr& key, const policy::HookPolicy& hook);  // `ancestor.exe`: any of several holds
bool isOfCurrent(const policy::Expr& place);                                 // a member of the acting task

}  // namespace lsmpc::check
