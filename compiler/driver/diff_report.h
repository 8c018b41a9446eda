// What `lsmpc diff` found, for people, for programs and for a comment on a change.
#pragma once

#include <string>
#include <vector>

#include "compiler/analyze/difference.h"

namespace lsmpc::driver {

struct Change {
  const analyze::Difference* difference;
  std::string refuted;  // why the compiled policies do not show it; "": they do
};

struct DiffReport {
  const analyze::Comparison& comparison;
  std::vector<Change> changes;
  const policy::Policy &old_policy, &new_policy;
};

// Something is permitted that was refused, or it could not be said.
bool isLooser(const DiffReport& report);

std::string diffText(const DiffReport& report);
std::string diffJson(const DiffReport& report);
std::string diffMarkdown(const DiffReport& report);

}  // namespace lsmpc::driver
