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

using Lint = std::vector<Finding> (*)(const policy::Policy& policy);

// An attribute as a condition names it.
struct Mention {
  const policy::HookPolicy* hook;
  const policy::Rule* rule;
  policy::ExprPtr test;  // the smallest condition that it stands in
  std::string attribute;
  base::Range place;
};
// Of the rules that decide, in source order.
std::vector<Mention> mentions(const policy::Policy& policy);
bool refusesOn(const policy::Policy& policy, std::string_view hook);

}  // namespace lsmpc::lint
