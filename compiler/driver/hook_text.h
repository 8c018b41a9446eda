// A hook as `lsmpc hooks` and `lsmpc explain` show it: what a rule may do there, arguments, attributes.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/btf/target_set.h"
#include "compiler/driver/prelude.h"

namespace lsmpc::driver {

std::string_view hookUse(const btf::Hook& hook);  // "may deny"
nlohmann::json hookJson(const btf::TargetSet& targets, const btf::Hook& hook, const std::vector<DocumentedAttribute>& all);
std::string hookText(const btf::TargetSet& targets, const btf::Hook& hook, const std::vector<DocumentedAttribute>& all);

}  // namespace lsmpc::driver
