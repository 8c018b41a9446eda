// Each lint by its function: lints.def.
#pragma once

#include "compiler/lint/finding.h"

namespace lsmpc::lint {

#define LSMPC_LINT(function, kind, once) std::vector<Finding> function(const Subject& subject);
#include "compiler/lint/lints.def"

}  // namespace lsmpc::lint
