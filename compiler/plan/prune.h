// Removes what no step and no event field needs, keeping order.
#pragma once

#include "compiler/decision/decision.h"

namespace lsmpc::plan {

void prune(decision::Program& program);

}  // namespace lsmpc::plan
