// An event, judged by the text of a policy's rules: which rule decides, and what would have to be said to know.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/judge/parts.h"
#include "compiler/judge/said.h"

namespace lsmpc::judge {

struct Matched {
  uint32_t rule = 0;  // into Policy::rules
  bool unresolved = false;
};

struct Judgement {
  std::vector<Matched> matched;     // in order; the last is what decides, unless it only audits
  std::optional<uint32_t> unknown;  // the rule of which it could not be said whether it matches
  std::vector<std::string> unsaid;  // by what it could not: as the policy writes it

  // The rule that decides; null: none, the operation is permitted.
  const policy::Rule* decision(const policy::Policy& policy) const;
};

// `witness` is told of the conditions of every rule up to the one that decides, or of which it cannot be said.
Judgement judgeEvent(const policy::Policy& policy, const policy::HookPolicy& hook, const Said& said, const Witness& witness = {});

}  // namespace lsmpc::judge
