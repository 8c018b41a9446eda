#include "compiler/base/counts.h"
#include "compiler/page/sections.h"

namespace lsmpc::page {
namespace {

using base::counted;
using base::grouped;

constexpr size_t kOpenBoxes = 16;  // a graph of more is folded away at first

std::string_view styleOf(Tone tone) { return tone == Tone::Refuse ? "chip refuse" : tone == Tone::Permit ? "chip permit" : "chip record"; }

Markup exampleOf(const Rule& rule) {
  if (rule.fate.empty()) return {};
  Markup text = sentence(rule.fate);
  if (rule.example.event.empty()) return paragraph(text + ".", "fact");
  text += ": " + code(rule.example.event) + ", ";
  text += rule.example.refuted.empty() ? Markup("seen on the compiled policy, simulated.")
                                       : element("strong", prose("not confirmed: " + rule.example.refuted + "."));
  return paragraph(text, "fact");
}

std::string costOf(const Rule& rule, const Hook& hook) {
  if (!rule.asked) return "the program leaves it out";
  if (rule.in_table) return "in a table with others";
  return "alone about " + grouped(rule.instructions) + " of the hook's " + counted(hook.cost.instructions, "instruction");
}

Markup ruleCard(const Policy& policy, const Hook& hook, const Rule& rule) {
  std::string anchor = ruleAnchor(policy, hook, rule);
  std::string tests = rule.decided ? "In tests it decided " + counted(rule.decided, "event") : "No test sees it decide";
  Markup head = span(styleOf(rule.tone), rule.action + (policy.audits && rule.tone == Tone::Refuse ? " (recorded only)" : "")) + " " +
                placeOf(policy, rule.place) + " " + element("a", rule.id, {{"class", "id"}, {"href", "#" + anchor}});
  Markup written = rule.written.line ? ", from the template at " + placeOf(policy, rule.written) : Markup();
  Markup scope = rule.whole.empty() ? Markup() : paragraph("All that it asks, with its scope or template: " + code(rule.whole), "fact");
  Markup body = paragraph(head, "head") + element("pre", code(rule.text)) + scope + paragraph(sentence(rule.does) + written + ".", "fact") +
                exampleOf(rule);
  body += paragraph(tests + "; " + costOf(rule, hook) + ".", rule.decided ? "fact" : "fact unseen");
  return element("article", body, {{"id", anchor}, {"aria-label", "rule " + rule.id}});
}

Markup graphOf(const Hook& hook) {
  if (hook.graph.empty()) return paragraph("No rule is left of it, and there is no program.", "fact");
  Attributes attributes{{"class", "drawing"}};
  if (hook.boxes <= kOpenBoxes) attributes.push_back({"open", ""});
  return element("details",
                 element("summary", "Decision graph of " + hook.name + ", " + counted(hook.boxes, "node")) + Markup::made(hook.graph),
                 attributes);
}

Markup hookPart(const Policy& policy, const Hook& hook) {
  Markup cards;
  std::vector<Markup> rules;
  for (const Rule& rule : hook.rules) rules.push_back(ruleCard(policy, hook, rule));
  Markup part = element("h4", code(hook.name) + ": " + counted(hook.rules.size(), "rule"), {{"id", hookAnchor(policy, hook)}});
  for (const std::string& note : hook.notes) part += paragraph(note + ".", "notice");
  part += element("div", list("ol", rules, "rules") + graphOf(hook), {{"class", "hook"}});
  return element("section", part, {{"aria-labelledby", hookAnchor(policy, hook)}});
}

}  // namespace

Markup rulesSection(const Policy& policy) {
  std::string unresolved =
      policy.unresolved_allow
          ? "A rule whose condition ends unresolved matches nothing here: the policy says so."
          : "A deny, kill or audit rule matches too where something that it asks for is not to be had; an allow rule does not.";
  Markup part = heading(policy, "rules", "Rules by hook",
                        "On each hook rules are asked from the first to the last; the first allow, deny or kill that matches decides, and "
                        "what none decides is permitted. " +
                            unresolved + " A graph shows what the compiled program asks, in its own order.");
  for (const Hook& hook : policy.hooks) part += hookPart(policy, hook);
  return part;
}

}  // namespace lsmpc::page
