// Why the policy is to be believed: what is proved of it, what its tests say, what they see.
#include "compiler/base/counts.h"
#include "compiler/page/sections.h"

namespace lsmpc::page {
namespace {

using base::counted;
using base::grouped;

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

Markup failedItem(const Policy& policy, const Test& test) {
  Markup item = span("chip refuse", "failed") + " " + test.name + " " + placeOf(policy, test.place) + " on " + joined(test.failed);
  if (!test.passed.empty()) item += ", passed on " + joined(test.passed);
  std::vector<Markup> failures;
  for (const std::string& failure : test.failures) failures.push_back(prose(failure));
  return item + list("ul", failures);
}

// Those that failed by themselves, the cases of one test that passed together.
std::vector<Markup> testItems(const Policy& policy) {
  std::vector<Markup> items;
  const Test* last = nullptr;
  for (const Test& test : policy.tests) {
    if (!test.failed.empty()) {
      items.push_back(failedItem(policy, test));
      last = nullptr;
      continue;
    }
    if (!last || last->name != test.name) items.push_back(span("chip permit", "passed") + " " + test.name);
    items.back() += " " + placeOf(policy, test.place);
    last = &test;
  }
  return items;
}

std::string shareText(const Share& share) { return grouped(share.seen) + " of " + grouped(share.all) + ", " + share.percent; }

Markup unseenRules(const Policy& policy) {
  std::vector<Markup> items;
  for (const Hook& hook : policy.hooks)
    for (const Rule& rule : hook.rules)
      if (!rule.decided)
        items.push_back(link(ruleAnchor(policy, hook, rule), rule.id) + " on " + code(hook.name) + " " + placeOf(policy, rule.place));
  return items.empty() ? Markup() : paragraph("Rules that decide in no test:") + list("ul", items, "plain");
}

std::vector<Markup> conditionItems(const Policy& policy, std::string Condition::*never) {
  std::vector<Markup> items;
  for (const Condition& one : policy.coverage.conditions)
    if (!(one.*never).empty()) items.push_back(placeOf(policy, one.place) + " " + code(one.text) + ": " + one.*never);
  return items;
}

Markup unseenConditions(const Policy& policy) {
  std::vector<Markup> decided = conditionItems(policy, &Condition::never), resolved = conditionItems(policy, &Condition::never_unresolved);
  Markup part = decided.empty() ? Markup() : paragraph("Conditions of which an outcome was never seen:") + list("ul", decided, "plain");
  if (resolved.empty()) return part;
  Markup summary = element("summary", counted(resolved.size(), "condition") + " that can be unresolved, and in no test are");
  return part + element("details", summary + list("ul", resolved, "plain"));
}

}  // namespace

Markup claimsSection(const Policy& policy) {
  Markup part = heading(policy, "claims", "Claims",
                        "Each assert of the policy was proved for every event; one that did not hold would have been an error, and there "
                        "would be no report.");
  if (policy.claims.empty()) return part + paragraph("The policy claims nothing.");
  std::vector<Markup> items;
  for (const Claim& claim : policy.claims)
    items.push_back(span("chip permit", "proved") + " " + claim.name + " " + placeOf(policy, claim.place) +
                    element("pre", code(claim.text)));
  return part + list("ul", items, "cards");
}

Markup testsSection(const Policy& policy) {
  Markup part = heading(
      policy, "tests", "Tests",
      "Each test of the policy, run on its compiled instructions on a simulated host of each kernel, and by the rules' text beside it.");
  if (policy.tests.empty()) return part + paragraph("The policy has no tests.", "notice");
  return part + list("ul", testItems(policy), "plain");
}

Markup coverageSection(const Policy& policy) {
  const Coverage& seen = policy.coverage;
  Markup part = heading(policy, "coverage", "Coverage",
                        "What the tests see: rules that decided or recorded an event, and conditions that came out true and that came out "
                        "false. Never rounded up; that a condition was never unresolved is told and not counted.");
  part += table("What tests see of " + policy.name, {"", "seen"},
                {{"rules that decided", shareText(seen.rules)},
                 {"outcomes of conditions", shareText(seen.outcomes)},
                 {"together", shareText(seen.whole)}});
  return part + unseenRules(policy) + unseenConditions(policy);
}

}  // namespace lsmpc::page
