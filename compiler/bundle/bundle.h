// Several policies as one: one object, one program for each hook. Each keeps its own search, mode and treatment of what is
// unresolved; any refusal refuses, and all are evaluated.
#pragma once

#include <string>
#include <vector>

#include "compiler/policy/policy.h"

namespace lsmpc::bundle {

// All are typed against the same targets. At least one; names of members differ.
policy::Policy bundlePolicies(const std::string& name, std::vector<policy::Policy> members);

}  // namespace lsmpc::bundle
