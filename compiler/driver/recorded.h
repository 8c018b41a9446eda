// A recorded event, as a test of a policy would give it.
#pragma once

#include <vector>

#include "compiler/policy/test.h"
#include "runtime/events.h"

namespace lsmpc::driver {

// What the line says of the attributes that the policy has on the hook. What it does not say is left out: nothing is made up.
std::vector<policy::Given> givenOf(const runtime::EventLine& line, const policy::HookPolicy& hook);

// A member by its JSON pointer; null: the line has none.
const runtime::EventLine* memberOf(const runtime::EventLine& line, const std::string& place);
std::string wordOf(const runtime::EventLine& line, const std::string& place);  // "" where there is no such text

}  // namespace lsmpc::driver
