// Typed policy → decision: sharing of values, order of tests by cost, one matcher per kind of string.
#pragma once

#include <optional>

#include "compiler/decision/decision.h"
#include "compiler/diag/diagnostic.h"

namespace lsmpc::plan {

std::optional<decision::Decision> planDecisions(policy::Policy policy, diag::Emitter& emitter);

}  // namespace lsmpc::plan
