#include "compiler/driver/explain_rule.h"

#include <iostream>
#include <nlohmann/json.hpp>

#include "compiler/analyze/fate.h"
#include "compiler/analyze/witness.h"
#include "compiler/driver/confirm.h"
#include "compiler/driver/report.h"
#include "compiler/driver/sources.h"

namespace lsmpc::driver {
namespace {

using analyze::Fate;
using analyze::RuleFate;

struct Word {
  Fate fate;
  std::string_view word, text;
};
constexpr Word kWords[] = {
    {Fate::Decides, "decides", "decides this event"},
    {Fate::Unresolved, "unresolved", "decides only events of which something that it asks for is not to be had"},
    {Fate::Shadowed, "shadowed", "decides nothing: rules before it decide all that it matches"},
    {Fate::Never, "never", "matches nothing"},
    {Fate::Undecided, "undecided", "could not be decided: there is too much to look at"},
};
const Word& wordOf(Fate fate) { return kWords[static_cast<size_t>(fate)]; }

// One rule on one hook.
struct Shown {
  const RuleFate* fate;
  const policy::Test* event;  // that it decides, or else that another one does; null: there is none
  const policy::Rule* rule;
  std::string hook, refuted;
};

void printText(const std::vector<Shown>& all, const policy::Policy& policy) {
  for (const Shown& one : all) {
    std::cout << one.rule->file << ":" << one.rule->line << " on " << one.hook << ": " << one.rule->text << "\n  "
              << wordOf(one.fate->fate).text << "\n";
    if (!one.event) continue;
    std::cout << "  " << analyze::print(*one.event) << "\n";
    if (!one.fate->witness) std::cout << "  which the rule of line " << policy.rules[*one.fate->decider].line << " decides\n";
    std::cout << (one.refuted.empty() ? "  seen on the compiled policy, simulated\n" : "  not confirmed: " + one.refuted + "\n");
  }
}

void printJson(const std::vector<Shown>& all, const policy::Policy& policy) {
  nlohmann::json list = nlohmann::json::array();
  for (const Shown& one : all) {
    nlohmann::json entry{{"file", one.rule->file}, {"line", one.rule->line},  {"rule", one.rule->id},
                         {"text", one.rule->text}, {"hook", one.hook},        {"fate", wordOf(one.fate->fate).word},
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
  std::vector<RuleFate> fates = analyze::fatesOf(policy, {isWanted});
  std::vector<Shown> shown;
  for (const RuleFate& fate : fates) {
    const policy::HookPolicy& hook = policy.hooks[fate.hook];
    const policy::Rule& rule = policy.rules[hook.rules[fate.place].rule];
    const policy::Test* event = fate.witness ? &*fate.witness : fate.shadowed ? &*fate.shadowed : nullptr;
    const uint32_t* decider = fate.witness ? &hook.rules[fate.place].rule : fate.decider ? &*fate.decider : nullptr;
    shown.push_back({&fate, event, &rule, hook.hook.name, event ? simulated.refuted(*event, decider) : ""});
  }
  if (shown.empty()) return std::cerr << "lsmpc: no rule stands in line " << wanted << " or has that id\n", kPolicyAtFault;
  options.json() ? printJson(shown, policy) : printText(shown, policy);
  return kDone;
}

}  // namespace lsmpc::driver
