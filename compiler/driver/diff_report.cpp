#include "compiler/driver/diff_report.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>

#include "compiler/analyze/witness.h"

namespace lsmpc::driver {
namespace {

using Json = nlohmann::json;

struct Words {
  analyze::Change change;
  std::string_view word, text;
};
constexpr Words kWords[] = {
    {analyze::Change::Looser, "looser", "permits what was refused"},
    {analyze::Change::Stricter, "stricter", "refuses what was permitted"},
    {analyze::Change::Answer, "answer", "refuses in another way"},
    {analyze::Change::Record, "record", "records otherwise"},
};
const Words& wordsOf(const Change& one) { return kWords[static_cast<size_t>(one.difference.change)]; }

// equal, stricter, looser, both, other (neither, but not the same), or undecided.
std::string relationOf(const PolicyDiff& diff, const std::string& hook) {
  bool looser = has(diff, hook, analyze::Change::Looser), stricter = has(diff, hook, analyze::Change::Stricter);
  if (looser) return stricter ? "both" : "looser";
  if (isUndecided(diff, hook)) return "undecided";
  if (stricter) return "stricter";
  return has(diff, hook, analyze::Change::Answer) || has(diff, hook, analyze::Change::Record) ? "other" : "equal";
}

std::vector<const Change*> changesOn(const PolicyDiff& diff, const std::string& hook) {
  std::vector<const Change*> changes;
  for (const Change& one : diff.changes)
    if (one.difference.hook == hook) changes.push_back(&one);
  return changes;
}

void printHook(const PolicyDiff& diff, const std::string& hook, size_t width, std::ostringstream& out) {
  out << hook << std::string(width - hook.size() + 2, ' ') << relationOf(diff, hook) << "\n";
  for (const Change* one : changesOn(diff, hook)) {
    const analyze::Difference& difference = one->difference;
    out << "  " << wordsOf(*one).text << (difference.unresolved ? ", where something is not to be had" : "") << ": "
        << analyze::print(difference.witness) << "\n    old: " << answerOf(difference.old_done, diff.old_policy)
        << "\n    new: " << answerOf(difference.new_done, diff.new_policy) << "\n";
    if (!one->refuted.empty()) out << "    not seen on the compiled policies: " << one->refuted << "\n";
  }
  if (isUndecided(diff, hook)) out << "  not all could be looked at: there is too much of it\n";
}

bool isEqual(const PolicyDiff& diff) { return diff.in_old && diff.in_new && diff.changes.empty() && diff.undecided.empty(); }

// Of several policies.
std::string headingOf(const PolicyDiff& diff) {
  return "policy " + diff.name + (!diff.in_new ? ", which is gone" : !diff.in_old ? ", which is new" : isEqual(diff) ? ", equal" : "");
}

Json sideJson(const analyze::Done& done, const policy::Policy& policy) {
  Json entry{{"answer", answerOf(done, policy)}};
  if (const policy::Rule* rule = ruleOf(done, policy)) entry["file"] = rule->file, entry["line"] = rule->line, entry["rule"] = rule->id;
  return entry;
}

Json changeJson(const PolicyDiff& diff, const Change& one) {
  Json entry{{"change", wordsOf(one).word},
             {"event", analyze::print(one.difference.witness)},
             {"unresolved", one.difference.unresolved},
             {"confirmed", one.refuted.empty()},
             {"old", sideJson(one.difference.old_done, diff.old_policy)},
             {"new", sideJson(one.difference.new_done, diff.new_policy)}};
  if (!one.refuted.empty()) entry["refuted"] = one.refuted;
  return entry;
}

std::string cell(std::string text) {
  for (size_t i = 0; (i = text.find('|', i)) != std::string::npos; i += 2) text.replace(i, 1, "\\|");
  return text;
}

void addTable(const PolicyDiff& diff, std::ostringstream& out) {
  out << "\n| hook | | such as | old | new |\n|---|---|---|---|---|\n";
  for (const std::string& hook : diff.hooks) {
    std::vector<const Change*> changes = changesOn(diff, hook);
    for (const Change* one : changes)
      out << "| `" << hook << "` | " << wordsOf(*one).text << " | `" << cell(analyze::print(one->difference.witness)) << "` | "
          << cell(answerOf(one->difference.old_done, diff.old_policy)) << " | " << cell(answerOf(one->difference.new_done, diff.new_policy))
          << " |\n";
    if (changes.empty() || isUndecided(diff, hook)) out << "| `" << hook << "` | " << relationOf(diff, hook) << " | | | |\n";
  }
}

}  // namespace

bool isLooser(const PolicyDiff& diff) {
  if (!diff.in_old) return false;
  return std::any_of(diff.hooks.begin(), diff.hooks.end(),
                     [&](const std::string& hook) { return has(diff, hook, analyze::Change::Looser) || isUndecided(diff, hook); });
}

bool isLooser(const DiffReport& report) {
  return std::any_of(report.policies.begin(), report.policies.end(), [](const PolicyDiff& diff) { return isLooser(diff); });
}

std::string diffText(const DiffReport& report) {
  std::ostringstream out;
  for (const PolicyDiff& diff : report.policies) {
    bool several = report.policies.size() > 1;
    if (several) out << headingOf(diff) << "\n";
    if (several && isEqual(diff)) continue;
    size_t width = 0;
    for (const std::string& hook : diff.hooks) width = std::max(width, hook.size());
    for (const std::string& hook : diff.hooks) printHook(diff, hook, width, out);
  }
  return out.str();
}

std::string diffJson(const DiffReport& report) {
  Json hooks = Json::array(), policies = Json::array();
  for (const PolicyDiff& diff : report.policies) {
    policies.push_back({{"policy", diff.name}, {"looser", isLooser(diff)}, {"old", diff.in_old}, {"new", diff.in_new}});
    for (const std::string& hook : diff.hooks) {
      Json changes = Json::array();
      for (const Change* one : changesOn(diff, hook)) changes.push_back(changeJson(diff, *one));
      hooks.push_back({{"policy", diff.name}, {"hook", hook}, {"relation", relationOf(diff, hook)}, {"changes", changes}});
    }
  }
  return Json{{"schema", "lsmpc-diff"}, {"version", 1},   {"looser", isLooser(report)},
              {"policies", policies},   {"hooks", hooks}, {"notes", report.notes}}
             .dump() +
         "\n";
}

std::string diffMarkdown(const DiffReport& report) {
  std::ostringstream out;
  bool several = report.policies.size() > 1;
  const char* which = several ? "new policies permit" : "new policy permits";
  out << (isLooser(report) ? "**The " + std::string(which) + " more.**\n"
                           : "The " + std::string(which) + " nothing that the old " + (several ? "ones refuse" : "one refuses") + ".\n");
  for (const PolicyDiff& diff : report.policies) {
    if (several) out << "\n" << (isLooser(diff) ? "**" + headingOf(diff) + "**" : headingOf(diff)) << "\n";
    if (!several || !isEqual(diff)) addTable(diff, out);
  }
  for (const std::string& note : report.notes) out << "\nNote: " << note << "\n";
  return out.str();
}

}  // namespace lsmpc::driver
