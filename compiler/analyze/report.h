// What analysis finds, as messages.
#pragma once

#include <functional>

#include "compiler/analyze/fate.h"
#include "compiler/diag/diagnostic.h"

namespace lsmpc::analyze {

// An error for each assert that does not hold, with an event for which it does not.
void proveAssertions(const policy::Policy& policy, diag::Emitter& emitter);

// Why the event of this test is not decided by that rule, or ""; nothing is said of an event that is confirmed.
using Confirm = std::function<std::string(const policy::Test&, uint32_t rule)>;
// A warning for each of these rules that decides nothing, or has a condition for nothing.
void reportFates(const policy::Policy& policy, const std::vector<RuleFate>& fates, const Confirm& confirm, diag::Emitter& emitter);

}  // namespace lsmpc::analyze
