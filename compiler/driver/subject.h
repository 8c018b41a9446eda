// A policy that is compiled to be run on simulated hosts.
#pragma once

#include <optional>
#include <string>

#include "compiler/btf/target_set.h"
#include "compiler/driver/report.h"
#include "compiler/emit/emit.h"
#include "compiler/exercise/exercise.h"

namespace lsmpc::driver {

struct Subject {
  std::string path;
  policy::Policy policy;
  object::Object object;  // read again from its bytes
  exercise::Slots slots;
};

// Nothing for a library, and where something is wrong, which the report has then.
std::optional<Subject> subjectOf(const std::string& path, const btf::TargetSet& targets, emit::Finish finish, Report& report);

}  // namespace lsmpc::driver
