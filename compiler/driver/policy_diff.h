// What an old policy and a new one do differently, each difference tried on both objects.
#pragma once

#include <string>
#include <vector>

#include "compiler/driver/compared.h"

namespace lsmpc::driver {

struct Change {
  analyze::Difference difference;
  std::string refuted;  // why the compiled policies do not show it; "": they do
};

struct PolicyDiff {
  std::string name;
  bool in_old = true, in_new = true;
  policy::Policy old_policy, new_policy;  // without rules where there is none
  std::vector<std::string> hooks;         // of either
  std::vector<Change> changes;            // at most one of each kind of each hook
  std::vector<std::string> undecided;     // hooks
};

// Null: there is no such policy. One of both there is.
PolicyDiff diffOf(const Compared* old_one, const Compared* new_one);
// One policy on each side is compared whatever both are called; several by their names. Throws runtime::Failure SameName.
std::vector<PolicyDiff> diffAll(const std::vector<Compared>& old_side, const std::vector<Compared>& new_side);

bool has(const PolicyDiff& diff, const std::string& hook, analyze::Change change);
bool isUndecided(const PolicyDiff& diff, const std::string& hook);

// What decides, and how: "deny EPERM, by web.lsmp:2 on …".
const policy::Rule* ruleOf(const analyze::Done& done, const policy::Policy& policy);
std::string answerOf(const analyze::Done& done, const policy::Policy& policy);

}  // namespace lsmpc::driver
