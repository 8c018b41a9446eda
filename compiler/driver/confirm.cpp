#include "compiler/driver/confirm.h"

#include <algorithm>
#include <memory>

namespace lsmpc::driver {
namespace {

uint32_t targetOf(const policy::Test& test) {
  uint32_t target = 0;
  while (!(test.targets >> target & 1)) ++target;
  return target;
}

// Process 1 is refused, not killed.
bool isFirst(const policy::Given& given, const policy::HookPolicy& hook) {
  auto* number = given.values.empty() ? nullptr : std::get_if<policy::IntConst>(&given.values.front()->node);
  return number && number->value == 1 && policy::print(*given.key, hook) == "pid";
}

policy::Expectation expectedOf(const policy::Rule* rule, const policy::Step& step) {
  policy::Expectation expected;
  expected.verdict = policy::ExpectedVerdict{};
  if (!rule || !policy::refuses(rule->verdict)) return expected;
  bool first = std::any_of(step.given.begin(), step.given.end(), [&](const policy::Given& one) { return isFirst(one, step.hook); });
  policy::Verdict verdict = first ? policy::Verdict::Deny : rule->verdict;
  expected.verdict = {{}, verdict, rule->errno_value, rule->errno_name, rule->signal_value, rule->signal_name};
  return expected;
}

std::string textOf(const exercise::Failure& failure) {
  auto word = [&](size_t i) { return i < failure.words.size() ? failure.words[i] : std::string(); };
  diag::Emitter emitter;
  emitter.report(failure.kind, failure.range, word(0), word(1));
  return emitter.sorted().front().text;
}

}  // namespace

Simulated::Simulated(Subject subject, const btf::TargetSet& targets) : subject_(std::move(subject)), targets_(&targets) {
  for (size_t i = 0; i < targets.size(); ++i) types_.emplace_back(targets.raw(i));
}

std::string Simulated::refuted(policy::Test test, const uint32_t* rule) {
  policy::Policy& policy = subject_.policy;
  const policy::Rule* decides = rule ? &policy.rules[*rule] : nullptr;
  bool audits = decides && decides->verdict == policy::Verdict::None;
  if (!audits)
    test.steps.back().expected = expectedOf(decides, test.steps.back());
  else
    test.steps.back().expected = policy::Expectation{};
  uint32_t target = targetOf(test);
  policy.tests = {std::move(test)};
  std::string wrong;
  exercise::Target on{targets_->name(target), target, types_[target]};
  auto report = exercise::exercisePolicy(
      policy, subject_.object, subject_.slots, on, [](const policy::Test&) { return true; }, wrong);
  if (!report || report->results.empty()) return "the object cannot be loaded on " + targets_->name(target) + ": " + wrong;
  const exercise::Result& result = report->results.front();
  if (!result.passed()) return textOf(result.failures.front());
  if (rule && !report->hits.count(*rule)) return "the rule of line " + std::to_string(decides->line) + " did not match";
  return "";
}

analyze::Confirm confirming(const policy::Policy& policy, const btf::TargetSet& targets,
                            std::function<std::optional<std::string>()> object) {
  return
      [&, object, simulated = std::shared_ptr<Simulated>(), wrong = std::string()](const policy::Test& test, const uint32_t* rule) mutable {
        if (!simulated && wrong.empty()) {
          auto bytes = object();
          auto subject = bytes ? subjectOf(policy.name, policy, *bytes, wrong) : std::nullopt;
          if (subject)
            simulated = std::make_shared<Simulated>(std::move(*subject), targets);
          else if (wrong.empty())
            wrong = "it does not compile";
        }
        return simulated ? simulated->refuted(test, rule) : wrong;
      };
}

}  // namespace lsmpc::driver
