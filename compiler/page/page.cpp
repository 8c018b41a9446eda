#include "compiler/page/page.h"

#include <algorithm>
#include <set>

#include "compiler/base/counts.h"
#include "compiler/page/sections.h"
#include "compiler/page/sheet.h"

namespace lsmpc::page {
namespace {

using base::counted;

struct Part {
  std::string_view part, title;
  Markup (*render)(const Policy& policy);
};
constexpr Part kParts[] = {{"findings", "Findings", findingsSection}, {"rules", "Rules by hook", rulesSection},
                           {"claims", "Claims", claimsSection},       {"tests", "Tests", testsSection},
                           {"coverage", "Coverage", coverageSection}, {"cost", "Cost", costSection},
                           {"loading", "Loading", loadingSection},    {"source", "Source", sourceSection}};

std::string testsText(const Policy& policy) {
  size_t failed = failedOf(policy);
  if (policy.tests.empty()) return "none";
  return failed ? std::to_string(failed) + " of " + std::to_string(policy.tests.size()) + " failed"
                : counted(policy.tests.size(), "test") + " passed";
}

Markup summaryTable(const Page& page) {
  std::vector<std::vector<Markup>> rows;
  for (const Policy& policy : page.policies)
    rows.push_back({link(anchorOf(policy, ""), policy.name), policy.audits ? "audit" : "enforce", std::to_string(rulesOf(policy)),
                    std::to_string(policy.hooks.size()), std::to_string(policy.findings.size()), testsText(policy),
                    policy.tests.empty() ? "–" : policy.coverage.whole.percent});
  return table("Policies of this report", {"policy", "mode", "rules", "hooks", "findings", "tests", "coverage"}, rows);
}

// A line of its parts, and one of its hooks.
Markup contentsOf(const Policy& policy) {
  std::vector<Markup> parts, hooks;
  for (const Part& part : kParts) parts.push_back(link(anchorOf(policy, part.part), part.title));
  for (const Hook& hook : policy.hooks) hooks.push_back(link(hookAnchor(policy, hook), code(hook.name)));
  return element("strong", link(anchorOf(policy, ""), policy.name)) + list("ul", parts, "line") + list("ul", hooks, "line");
}

Markup contents(const Page& page) {
  std::vector<Markup> items;
  for (const Policy& policy : page.policies) items.push_back(contentsOf(policy));
  return element("nav", element("h2", "Contents", {{"id", "contents"}}) + list("ul", items, "plain"), {{"aria-labelledby", "contents"}});
}

size_t unconfirmedOf(const Policy& policy) {
  size_t count = 0;
  for (const Hook& hook : policy.hooks)
    for (const Rule& rule : hook.rules) count += !rule.example.event.empty() && !rule.example.refuted.empty();
  return count;
}

// What changes how all else is to be read.
std::vector<std::string> noticesOf(const Policy& policy) {
  std::vector<std::string> notices;
  if (policy.audits) notices.push_back("Mode audit: what its rules refuse is recorded and permitted.");
  if (policy.unresolved_allow)
    notices.push_back("What cannot be resolved is permitted (`unresolved allow`): who brings that about passes deny rules.");
  if (policy.foreign_trust)
    notices.push_back(
        "Paths of programs count in mount namespaces that the host does not own (`foreign trust`): whoever makes one chooses them.");
  if (size_t failed = failedOf(policy)) notices.push_back(counted(failed, "test") + " failed.");
  if (size_t open = unconfirmedOf(policy))
    notices.push_back("On " + counted(open, "event") + " that reasoning found the compiled policy does otherwise, or could not be asked.");
  if (policy.tests.empty()) notices.push_back("It has no tests.");
  for (const Target& target : policy.targets)
    if (!target.loads) notices.push_back("It does not load on " + target.name + ".");
  return notices;
}

Markup policyPart(const Policy& policy) {
  std::string kernels;
  for (const std::string& kernel : policy.kernels) kernels += (kernels.empty() ? "" : ", ") + kernel;
  Markup part = element("h2", "Policy " + policy.name, {{"id", anchorOf(policy, "")}});
  part += paragraph(code(policy.path) + (policy.version.empty() ? "" : ", version " + policy.version) + ", mode " +
                    (policy.audits ? "audit" : "enforce") + ", for kernels " + kernels + "; " + counted(rulesOf(policy), "rule") + " on " +
                    counted(policy.hooks.size(), "hook") + ".");
  for (const std::string& notice : noticesOf(policy)) part += paragraph(prose(notice), "notice");
  for (const Part& one : kParts) part += element("section", one.render(policy), {{"aria-labelledby", anchorOf(policy, one.part)}});
  return element("section", part, {{"class", "policy"}, {"aria-labelledby", anchorOf(policy, "")}});
}

std::string titleOf(const Page& page) {
  size_t count = page.policies.size();
  return count == 1 ? "Report on the policy " + page.policies[0].name : "Report on " + std::to_string(count) + " policies";
}

Markup headOf(const std::string& title) {
  return emptyElement("meta", {{"charset", "utf-8"}}) +
         emptyElement("meta", {{"http-equiv", "Content-Security-Policy"},
                               {"content", "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"}}) +
         emptyElement("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}}) + element("title", title) +
         element("style", Markup::made("\n" + drawing::styleOf(drawing::sheets()) + drawing::styleOf(sheets())));
}

}  // namespace

std::string anchorOf(const Policy& policy, std::string_view part) {
  return policy.name + ".policy" + (part.empty() ? "" : ".") + std::string(part);
}
std::string hookAnchor(const Policy& policy, const Hook& hook) { return policy.name + "." + hook.name; }
std::string ruleAnchor(const Policy& policy, const Hook& hook, const Rule& rule) { return hookAnchor(policy, hook) + "." + rule.id; }

Markup heading(const Policy& policy, std::string_view part, std::string_view title, std::string_view how) {
  return element("h3", title, {{"id", anchorOf(policy, part)}}) + paragraph(how, "how");
}

size_t rulesOf(const Policy& policy) {
  std::set<std::string_view> ids;
  for (const Hook& hook : policy.hooks)
    for (const Rule& rule : hook.rules) ids.insert(rule.id);
  return ids.size();
}

size_t failedOf(const Policy& policy) {
  return static_cast<size_t>(std::count_if(policy.tests.begin(), policy.tests.end(), [](const Test& one) { return !one.failed.empty(); }));
}

std::string render(const Page& page) {
  std::string title = titleOf(page);
  Markup head =
      element("h1", title) +
      paragraph("Made by " + page.compiler +
                    " from the policies' text, for who has to say whether they do what they are for. Each number is of the compiled "
                    "policy; what is said of all events was proved and not tried.",
                "how");
  Markup summary = element("h2", "Summary", {{"id", "summary"}}) +
                   paragraph("One line for each policy: where something stands out, begin there.", "how") + summaryTable(page);
  Markup parts = element("section", summary, {{"aria-labelledby", "summary"}}) + contents(page);
  for (const Policy& policy : page.policies) parts += policyPart(policy);
  Markup body = element("header", head) + element("main", parts);
  return "<!DOCTYPE html>\n" + element("html", element("head", headOf(title)) + element("body", body), {{"lang", "en"}}).html();
}

}  // namespace lsmpc::page
