// What becomes of each rule: an event that it decides, or why there is none.
#pragma once

#include <functional>
#include <optional>

#include "compiler/policy/policy.h"

namespace lsmpc::analyze {

enum class Fate : uint8_t {
  Decides,     // or records, where it only audits
  Unresolved,  // only where something that it asks for is not to be had
  Shadowed,    // rules before it decide all that it matches
  Never,       // nothing matches it
  Undecided,   // too much to look at
};

struct RuleFate {
  size_t hook;   // into Policy::hooks
  size_t place;  // into HookPolicy::rules
  Fate fate = Fate::Undecided;
  std::optional<policy::Test> witness;   // that it decides
  std::optional<policy::Test> shadowed;  // that it matches and another decides: of one that decides nothing, or only what is unresolved
  std::optional<uint32_t> decider;       // of `shadowed`: that other rule
  bool one_decider = false;              // it decides all that this one matches, but for what is unresolved
  bool always = false;                  // its condition is true of each event
};

struct Wanted {
  std::function<bool(const policy::Rule&)> rule;  // which are asked about
  bool examples = true;                           // a witness of each that decides something, too
};

// Rule by rule of each hook. Where kernels differ, a rule is dead that is so on each.
std::vector<RuleFate> fatesOf(const policy::Policy& policy, const Wanted& wanted);

}  // namespace lsmpc::analyze
