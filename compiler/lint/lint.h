// What the language permits and a reviewer would ask about: rules that can be walked round, and values that the judged task
// chooses itself. Warnings only. `# lint: allow CODE reason` on the rule, or above it, takes one back (allowance.h).
#pragma once

#include <vector>

#include "compiler/base/source.h"
#include "compiler/diag/diagnostic.h"
#include "compiler/policy/policy.h"

namespace lsmpc::lint {

void lintPolicy(const policy::Policy& policy, const base::SourceSet& sources, diag::Emitter& emitter);
// The comments that take one back, with their reasons. Those of the library are its own.
std::vector<base::Range> allowancesOf(const policy::Policy& policy, const base::SourceSet& sources);

}  // namespace lsmpc::lint
