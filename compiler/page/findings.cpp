#include "compiler/page/sections.h"

namespace lsmpc::page {
namespace {

Markup noteOf(const Policy& policy, const Note& note) { return placeOf(policy, note.place) + ": " + prose(note.text); }

Markup card(const Policy& policy, const Finding& finding) {
  Markup body = paragraph(span("chip record", finding.code) + " " + placeOf(policy, finding.place), "head") +
                paragraph(element("strong", sentence(finding.text)));
  if (!finding.line.empty()) body += element("pre", code(finding.line));
  std::vector<Markup> notes;
  for (const Note& note : finding.notes) notes.push_back(noteOf(policy, note));
  if (!notes.empty()) body += list("ul", notes);
  bool seen = finding.has_event && finding.confirmed;
  if (!finding.hint.empty()) body += paragraph(sentence(finding.hint) + (seen ? " (seen on the compiled policy, simulated)." : "."));
  return element(
      "article",
      body + paragraph(prose(finding.code + ": " + finding.title + ". `lsmpc explain " + finding.code + "` says more."), "fact"));
}

Markup allowedOf(const Policy& policy) {
  std::vector<Markup> items;
  for (const Note& note : policy.allowed) items.push_back(placeOf(policy, note.place) + " " + code(note.text));
  return items.empty() ? Markup() : paragraph("Lints that the policy takes back, with its reasons:") + list("ul", items, "plain");
}

}  // namespace

Markup findingsSection(const Policy& policy) {
  Markup part = heading(
      policy, "findings", "Findings",
      "What lsmpc warns of. Codes from W0801 on are lints, of what can be walked round; those from W1101 on come from a look at all "
      "events, for rules that decide nothing, and an event that shows it was run on the compiled policy. No finding keeps the policy from "
      "being loaded.");
  std::vector<Markup> items;
  for (const Finding& finding : policy.findings) items.push_back(card(policy, finding));
  return part + (items.empty() ? paragraph("Nothing was found.") : list("ul", items, "cards")) + allowedOf(policy);
}

}  // namespace lsmpc::page
