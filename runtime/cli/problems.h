// Problems on standard error: in words, or as one line of JSON (schema lsmp-problems).
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "runtime/message.h"

namespace lsmpc::cli {

nlohmann::ordered_json problemsJson(const std::vector<runtime::Problem>& problems);
// In words, without an end of the command.
void warn(const std::string& program, const std::vector<runtime::Problem>& warnings);
// The failure's exit code.
int tell(const std::string& program, bool json, const runtime::Failure& failure);

}  // namespace lsmpc::cli
