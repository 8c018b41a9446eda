#include "compiler/driver/explain_rule.h"

#include <iostream>
#include <nlohmann/json.hpp>

#include "compiler/analyze/witness.h"
#include "compiler/driver/example.h"
#include "compiler/driver/report.h"
#include "compiler/driver/sources.h"

namespace lsmpc::driver {
namespace {

void printText(const std::vector<Example>& all, const policy::Policy& policy) {
  for (const Example& one : all) {
    std::cout << one.rule->file << ":" << one.rule->line << " on " << one.hook->hook.name << ": " << one.rule->text << "\n  "
              << textOf(one.fate->fate).text << "\n";
    if (!one.event) continue;
    std::cout << "  " << analyze::print(*one.event) << "\n";
    if (!one.fate->witness) std::cout << "  which the rule of line " << policy.rules[*one.fate->decider].line << " decides\n";
    std::cout << (one.refuted.empty() ? "  seen on the compiled policy, simulated\n" : "  not confirmed: " + one.refuted + "\n");
  }
}

void printJson(const std::vector<Example>& all, const policy::Policy& policy) {
  nlohmann::json list = nlohmann::json::array();
  for (const Example& one : all) {
    nlohmann::json entry{{"file", one.rule->file},    {"line", one.rule->line},      {"rule", one.rule->id},
                         {"text", one.rule->text},    {"hook", one.hook->hook.name}, {"fate", textOf(one.fate->fate).word},
                         {"always", one.fate->always}};
    if (one.event) entry["event"] = analyze::print(*one.event), entry["confirmed"] = one.refuted.empty();
    if (!one.refuted.empty()) entry["refuted"] = one.refuted;
    if (one.event && !one.fate->witness) entry["decider"] = policy.rules[*one.fate->decider].line;
    list.push_back(std::move(entry));
  }
  std::cout << nlohmann::json{{"schema", "lsmpc-explain-rule"}, {"version", 1}, {"policy", policy.name}, {"rules", list}}.dump() << "\n";
}

}  // namespace

int explainRule(const Options& options, const std::string& wanted) {
  if (options.positional().size() != 1) return options.usage("--rule is of one policy");
  auto targets = openTargets(options.targets(), folderOf(options.positional().front()));
  if (!targets) return kEnvironment;
  Report report;
  auto subject = subjectOf(options.positional().front(), *targets, {.library = false}, report);
  Exit exit = report.show(Format::Text);
  if (!subject) return exit;
  const policy::Policy policy = subject->policy;
  Simulated simulated(std::move(*subject), *targets);
  auto isWanted = [&](const policy::Rule& rule) { return wanted == "all" || wanted == rule.id || wanted == std::to_string(rule.line); };
  std::vector<analyze::RuleFate> fates = analyze::fatesOf(policy, {isWanted});
  std::vector<Example> shown = examplesOf(policy, fates, simulated);
  if (shown.empty()) return std::cerr << "lsmpc: no rule stands in line " << wanted << " or has that id\n", kPolicyAtFault;
  options.json() ? printJson(shown, policy) : printText(shown, policy);
  return kDone;
}

}  // namespace lsmpc::driver
