// Each lint by its function: lints.def.
#pragma once

#include "compiler/lint/finding.h"

namespace lsmpc::lint {

#define LSMPC_LINT(function, kind, once) std::vector<Finding> function(const policy::Policy& policy);
#include "compiler/lint/lints.def"

}  // namespace lsmpc::lint
