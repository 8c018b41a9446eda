// Tests and asserts in `--emit=policy`.
#include <sstream>

#include "compiler/policy/policy.h"

namespace lsmpc::policy {
namespace {

std::string valueText(const Given& given, const HookPolicy& hook) {
  if (given.presence != Presence::Value) return given.presence == Presence::Absent ? "absent" : "unresolved";
  std::string text;
  for (const ExprPtr& value : given.values)
    text += (text.empty() ? "" : ", ") + (value->type.kind == TypeKind::Null ? "null" : print(*value, hook));
  return given.values.size() == 1 ? text : "{" + text + "}";
}

std::string eventText(const std::vector<Given>& event, const HookPolicy& hook) {
  std::string text;
  for (const Given& given : event) text += (text.empty() ? "{ " : ", ") + print(*given.key, hook) + ": " + valueText(given, hook);
  return text.empty() ? "{}" : text + " }";
}

std::string expectationText(const Expectation& expected) {
  std::string text = "expect";
  if (const auto& verdict = expected.verdict) {
    bool kills = verdict->verdict == Verdict::Kill, refuses = policy::refuses(verdict->verdict);
    text += kills ? " kill " + verdict->signal_name + " (" + std::to_string(verdict->signal_value) + ")" : refuses ? " deny" : " allow";
    if (refuses && !kills) text += " " + verdict->errno_name + " (" + std::to_string(verdict->errno_value) + ")";
  }
  for (const ExpectedEvent& event : expected.events) text += " audit" + (event.message ? " " + quoted(*event.message) : "");
  if (expected.quiet) text += " quiet";
  return expected.unresolved ? text + " unresolved" : text;
}

std::string taskText(const Test& test, uint32_t task) {
  const std::string& name = test.tasks[task].name;
  return std::to_string(task) + (name.empty() ? "" : " " + name);
}

void printStep(const Test& test, const Step& step, std::ostream& out) {
  out << "  given " << (step.kind == StepKind::Call ? step.hook.hook.name : std::string(spelling(step.kind))) << " by task "
      << taskText(test, step.task);
  if (step.kind == StepKind::Fork) out << " to task " << taskText(test, step.child);
  out << "\n    " << eventText(step.given, step.hook) << "\n";
  if (step.expected) out << "    " << expectationText(*step.expected) << "\n";
}

// Those that have what it needs, where not all do.
std::string targetText(const Test& test, const Policy& policy) {
  std::string some;
  size_t count = 0;
  for (size_t i = 0; i < policy.targets.size(); ++i)
    if (test.targets >> i & 1) some += (count++ ? ", " : " on ") + policy.targets[i];
  return count == policy.targets.size() ? "" : count == 0 ? " on no target" : some;
}

}  // namespace

std::string print(const Test& test, const Policy& policy) {
  std::ostringstream out;
  out << "test " << quoted(test.name) << " line " << test.line << targetText(test, policy) << "\n";
  for (const AssumedSet& one : test.sets)
    out << "  with set " << one.set.name << (one.unresolved ? " unresolved" : " of " + std::to_string(one.set.first.size())) << "\n";
  for (const AssumedAccount& one : test.accounts)
    out << "  with " << print(one.account) << " = " << (one.id ? std::to_string(*one.id) : "unresolved") << "\n";
  for (const Step& step : test.steps) printStep(test, step, out);
  for (const Case& one : test.cases)
    out << "  case line " << one.line << " " << eventText(one.given, test.steps.back().hook) << " " << expectationText(one.expected)
        << "\n";
  return out.str();
}

std::string print(const Assertion& assertion) {
  std::ostringstream out;
  out << "assert " << quoted(assertion.name) << " line " << assertion.line << " " << assertion.claim << "\n";
  for (const AssertedHook& one : assertion.hooks) out << "  " << one.hook.hook.name << " when " << print(*one.condition, one.hook) << "\n";
  return out.str();
}

}  // namespace lsmpc::policy
