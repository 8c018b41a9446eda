// What `lsmpc diff` found, for people, for programs and for a comment on a change.
#pragma once

#include <string>
#include <vector>

#include "compiler/driver/policy_diff.h"

namespace lsmpc::driver {

struct DiffReport {
  std::vector<PolicyDiff> policies;
  std::vector<std::string> notes;  // what of the objects could not be found out
};

// Something is permitted that was refused, or it could not be said.
bool isLooser(const PolicyDiff& diff);
bool isLooser(const DiffReport& report);

std::string diffText(const DiffReport& report);
std::string diffJson(const DiffReport& report);
std::string diffMarkdown(const DiffReport& report);

}  // namespace lsmpc::driver
