// The calls of hooks that a step of a test comes to, each with what is said of it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/exercise/came.h"
#include "compiler/exercise/conditions.h"
#include "compiler/judge/said.h"
#include "compiler/policy/policy.h"

namespace lsmpc::exercise {

struct Call {
  const policy::HookPolicy* hook;
  judge::Said said;
  std::string of;  // " of …", where that is not the file that the step speaks of
};

// Those on whose hooks the policy has rules, in order. `said`: what the step says; `task`: what is known of its task alone.
std::vector<Call> callsOf(const policy::Policy& policy, const policy::Step& step, uint32_t member, const judge::Said& said,
                          const judge::Said& task);

// What the rules' text answers, up to the call that is refused.
struct Answered {
  Came came;
  std::optional<uint32_t> unknown;  // the rule of which it cannot be said whether it matches: no answer
  std::string unsaid;               // by what: names in backquotes
};
Answered answerByText(const policy::Policy& policy, const std::vector<Call>& calls, const simulate::Acting& acting, Conditions& conditions);

}  // namespace lsmpc::exercise
