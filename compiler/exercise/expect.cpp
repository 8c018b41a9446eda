#include "compiler/exercise/expect.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>

namespace lsmpc::exercise {
namespace {

// The rule that decided calls it by the name that the policy has; what no rule says is a number.
std::string errnoText(int number, const policy::Rule* rule) {
  if (rule && rule->errno_value == number && !rule->errno_name.empty()) return rule->errno_name;
  const char* name = strerrorname_np(number);
  return name ? name : std::to_string(number);
}

std::string signalText(int number, const policy::Rule* rule) {
  if (rule && rule->signal_value == number && !rule->signal_name.empty()) return rule->signal_name;
  const char* name = sigabbrev_np(number);
  return name ? "SIG" + std::string(name) : std::to_string(number);
}

std::string quotedAll(const std::vector<std::string>& messages) {
  if (messages.empty()) return "no event";
  std::string text;
  for (const std::string& message : messages)
    text += (text.empty() ? "" : ", ") + (message.empty() ? std::string("an event without a message") : policy::quoted(message));
  return text;
}

}  // namespace

std::string textOf(const policy::ExpectedVerdict& verdict) {
  switch (verdict.verdict) {
    case policy::Verdict::Deny: return "deny " + verdict.errno_name;
    case policy::Verdict::Kill: return "kill " + verdict.signal_name;
    default: return "allow";
  }
}

std::string verdictOf(const Came& came, const policy::Policy& policy) {
  const policy::Rule* rule = came.rule ? &policy.rules[*came.rule] : nullptr;
  if (came.value == 0) return "allow";
  if (came.signal) return "kill " + signalText(came.signal, rule);
  return "deny " + errnoText(static_cast<int>(-came.value), rule);
}

std::vector<Difference> differences(const Came& came, const policy::Expectation& expected, const policy::Policy& policy) {
  std::vector<Difference> found;
  auto differs = [&](base::Range range, const std::string& wanted, const std::string& got) { found.push_back({range, wanted, got}); };
  if (const auto& verdict = expected.verdict) {
    bool permitted = verdict->verdict != policy::Verdict::Deny && verdict->verdict != policy::Verdict::Kill;
    bool same = permitted ? came.value == 0
                          : -came.value == verdict->errno_value &&
                                came.signal == (verdict->verdict == policy::Verdict::Kill ? verdict->signal_value : 0);
    if (!same) differs(verdict->range, textOf(*verdict), verdictOf(came, policy));
  }
  for (const policy::ExpectedEvent& event : expected.events) {
    bool there = event.message ? std::find(came.messages.begin(), came.messages.end(), *event.message) != came.messages.end()
                               : !came.messages.empty();
    if (!there) differs(event.range, event.message ? "an event " + policy::quoted(*event.message) : "an event", quotedAll(came.messages));
  }
  if (expected.quiet && !came.messages.empty()) differs(*expected.quiet, "no event", quotedAll(came.messages));
  if (expected.unresolved && !came.unresolved)
    differs(*expected.unresolved, "a rule that matches because its condition ended unresolved", "none");
  return found;
}

}  // namespace lsmpc::exercise
