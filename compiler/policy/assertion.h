// The typed form of `assert`: what holds for every event of these hooks. It changes nothing of the policy's rules.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "compiler/base/source.h"
#include "compiler/policy/rule.h"

namespace lsmpc::policy {

struct AssertedHook {
  base::Range range;  // its name in the statement, or that of the group it comes from
  HookPolicy hook;    // without rules: the attributes of the condition, in a list of its own
  ExprPtr condition;  // bool; a BoolConst true where there is no `when`. The claim is about events for which it is true
};

struct Assertion {
  uint32_t member = 0;  // into Policy::members, of a bundle
  std::string name;
  base::Range name_range;
  base::Range range;
  std::string file;
  uint32_t line = 0;
  bool permits = false;  // `always allow`, `never deny`: all such events are permitted. Else all are refused (deny, kill)
  std::string claim;     // as written: "never allow"
  base::Range claim_range;
  std::vector<AssertedHook> hooks;  // fewer than named only with `if present`
};

}  // namespace lsmpc::policy
