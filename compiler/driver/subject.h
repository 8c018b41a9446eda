// A policy with the object that it is compiled to: what is run on simulated hosts.
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

struct Wanted {
  emit::Finish finish = emit::Finish::InChild;
  bool library = true;  // one is no subject, and no fault
  bool asserts = true;  // are proved; else the policy is taken as if it had none
};

// A source compiled. Nothing for a library, and where something is wrong, which the report has then.
std::optional<Subject> subjectOf(const std::string& path, const btf::TargetSet& targets, const Wanted& wanted, Report& report);
// With an object that is there already. Nothing, and in `wrong` why, where its bytes are none.
std::optional<Subject> subjectOf(std::string path, policy::Policy policy, const std::string& bytes, std::string& wrong);

}  // namespace lsmpc::driver
