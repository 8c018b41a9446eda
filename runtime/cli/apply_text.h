// What `apply` did, as text and as a document (schema lsmp-apply).
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "runtime/apply.h"

namespace lsmpc::cli {

nlohmann::ordered_json applyJson(const runtime::ApplyRequest& request, const runtime::ApplyReport& report);
// A line for each policy; `changes`: only for those that are not unchanged.
std::string applyText(const runtime::ApplyReport& report, bool changes);

}  // namespace lsmpc::cli
