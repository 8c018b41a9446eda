// The targets on which a hook's conditions can come out differently.
#pragma once

#include <vector>

#include "compiler/policy/policy.h"

namespace lsmpc::analyze {

// Of those that have the hook all where a condition asks whether a member exists; else one for all.
std::vector<uint32_t> targetsThatDiffer(const policy::HookPolicy& hook);

}  // namespace lsmpc::analyze
