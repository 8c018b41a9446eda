// What one lint has found, before anybody has allowed it.
#pragma once

#include <string>
#include <vector>

#include "compiler/diag/diagnostic.h"
#include "compiler/policy/policy.h"

namespace lsmpc::lint {

struct Finding {
  base::Range place;
  base::Range rule;  // the whole rule that it is in
  std::string first, second;  // arguments of the message
  std::string hint;
};

// An attribute as a condition names it.
struct Mention {
  const policy::HookPolicy* hook;
  const policy::Rule* rule;
  policy::ExprPtr test;  // the smallest condition that it stands in
  std::string attribute;
  base::Range place;
};

// A policy as lints look at it.
struct Subject {
  const policy::Policy& policy;
  std::vector<Mention> mentions;  // of the rules that decide, in source order
};
using Lint = std::vector<Finding> (*)(const Subject& subject);

Subject subjectOf(const policy::Policy& policy);
bool refusesOn(const policy::Policy& policy, std::string_view hook);

}  // namespace lsmpc::lint
