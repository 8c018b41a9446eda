// What stands in a policy, by its name.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "compiler/policy/policy.h"

namespace lsmpc::policy {

// The rules on a hook; null: none stand there.
const HookPolicy* hookNamed(const Policy& policy, const std::string& name, uint32_t member = 0);

// The dynamic sets that rules look into.
using DynamicSets = std::map<std::string, std::shared_ptr<const DynamicSet>>;
DynamicSets dynamicSetsOf(const Policy& policy);

}  // namespace lsmpc::policy
