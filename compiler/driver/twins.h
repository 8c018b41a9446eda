// Policies of one name, which would replace each other when loaded, and which nobody could tell apart in a bundle or a report.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "compiler/driver/report.h"

namespace lsmpc::driver {

// Each with the range of its name.
using NamedPolicies = std::vector<std::pair<std::string, base::Range>>;
// What is wrong goes to the report.
void refuseTwins(const NamedPolicies& policies, Report& report);

}  // namespace lsmpc::driver
