// What analysis finds, as messages.
#pragma once

#include <functional>

#include "compiler/analyze/fate.h"
#include "compiler/diag/diagnostic.h"

namespace lsmpc::analyze {

// Why the event of this test is not decided by that rule (null: by none), or ""; nothing is said of an event that is confirmed.
using Confirm = std::function<std::string(const policy::Test&, const uint32_t* rule)>;
// An error for each assert that does not hold, with an event for which it does not.
void proveAssertions(const policy::Policy& policy, const Confirm& confirm, diag::Emitter& emitter);
// A warning for each of these rules that decides nothing, or has a condition for nothing.
void reportFates(const policy::Policy& policy, const std::vector<RuleFate>& fates, const Confirm& confirm, diag::Emitter& emitter);

}  // namespace lsmpc::analyze
