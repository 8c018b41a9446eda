#include "compiler/driver/diff_report.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>

#include "compiler/analyze/witness.h"

namespace lsmpc::driver {
namespace {

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
const Words& wordsOf(analyze::Change change) { return kWords[static_cast<size_t>(change)]; }

bool has(const DiffReport& report, const std::string& hook, analyze::Change change) {
  return std::any_of(report.changes.begin(), report.changes.end(),
                     [&](const Change& one) { return one.difference->hook == hook && one.difference->change == change; });
}

bool isUndecided(const DiffReport& report, const std::string& hook) {
  const auto& undecided = report.comparison.undecided;
  return std::find(undecided.begin(), undecided.end(), hook) != undecided.end();
}

// equal, stricter, looser, both, other (neither, but not the same), or undecided.
std::string relationOf(const DiffReport& report, const std::string& hook) {
  bool looser = has(report, hook, analyze::Change::Looser), stricter = has(report, hook, analyze::Change::Stricter);
  if (looser) return stricter ? "both" : "looser";
  if (isUndecided(report, hook)) return "undecided";
  if (stricter) return "stricter";
  return has(report, hook, analyze::Change::Answer) || has(report, hook, analyze::Change::Record) ? "other" : "equal";
}

const policy::Rule* ruleOf(const analyze::Done& done, const policy::Policy& policy) {
  return done.rule ? &policy.rules[*done.rule] : nullptr;
}

std::string answerOf(const policy::Rule* rule, const policy::Policy& policy) {
  if (!rule) return "permitted, no rule decides";
  bool audits = policy.mode == ast::Mode::Audit && policy::refuses(rule->verdict);
  std::string answer = rule->verdict == policy::Verdict::Deny   ? "deny " + rule->errno_name
                       : rule->verdict == policy::Verdict::Kill ? "kill " + rule->signal_name
                                                                : "allow";
  return (audits ? "permitted in mode audit, else " : "") + answer + ", by " + rule->file + ":" + std::to_string(rule->line) + " " + rule->text;
}

}  // namespace

bool isLooser(const DiffReport& report) {
  return std::any_of(report.comparison.hooks.begin(), report.comparison.hooks.end(), [&](const std::string& hook) {
    std::string relation = relationOf(report, hook);
    return relation == "looser" || relation == "both" || relation == "undecided";
  });
}

std::string diffText(const DiffReport& report) {
  std::ostringstream out;
  size_t width = 0;
  for (const std::string& hook : report.comparison.hooks) width = std::max(width, hook.size());
  for (const std::string& hook : report.comparison.hooks) {
    out << hook << std::string(width - hook.size() + 2, ' ') << relationOf(report, hook) << "\n";
    for (const Change& one : report.changes) {
      if (one.difference->hook != hook) continue;
      out << "  " << wordsOf(one.difference->change).text << (one.difference->unresolved ? ", where something is not to be had" : "")
          << ": " << analyze::print(one.difference->witness) << "\n    old: " << answerOf(ruleOf(one.difference->old_done, report.old_policy), report.old_policy)
          << "\n    new: " << answerOf(ruleOf(one.difference->new_done, report.new_policy), report.new_policy) << "\n";
      if (!one.refuted.empty()) out << "    not seen on the compiled policies: " << one.refuted << "\n";
    }
    if (isUndecided(report, hook)) out << "  not all could be looked at: there is too much of it\n";
  }
  return out.str();
}

std::string diffJson(const DiffReport& report) {
  nlohmann::json hooks = nlohmann::json::array();
  for (const std::string& hook : report.comparison.hooks) {
    nlohmann::json changes = nlohmann::json::array();
    for (const Change& one : report.changes) {
      if (one.difference->hook != hook) continue;
      auto side = [](const policy::Rule* rule, const policy::Policy& policy) {
        nlohmann::json entry{{"answer", answerOf(rule, policy)}};
        if (rule) entry["file"] = rule->file, entry["line"] = rule->line, entry["rule"] = rule->id;
        return entry;
      };
      nlohmann::json entry{{"change", wordsOf(one.difference->change).word},
                           {"event", analyze::print(one.difference->witness)},
                           {"unresolved", one.difference->unresolved},
                           {"confirmed", one.refuted.empty()},
                           {"old", side(ruleOf(one.difference->old_done, report.old_policy), report.old_policy)},
                           {"new", side(ruleOf(one.difference->new_done, report.new_policy), report.new_policy)}};
      if (!one.refuted.empty()) entry["refuted"] = one.refuted;
      changes.push_back(std::move(entry));
    }
    hooks.push_back({{"hook", hook}, {"relation", relationOf(report, hook)}, {"changes", changes}});
  }
  return nlohmann::json{{"schema", "lsmpc-diff"}, {"version", 1}, {"looser", isLooser(report)}, {"hooks", hooks}}.dump() + "\n";
}

std::string diffMarkdown(const DiffReport& report) {
  std::ostringstream out;
  out << (isLooser(report) ? "**The new policy permits more.**\n" : "The new policy permits nothing that the old one refuses.\n")
      << "\n| hook | | such as | old | new |\n|---|---|---|---|---|\n";
  auto cell = [](std::string text) {
    for (size_t i = 0; (i = text.find('|', i)) != std::string::npos; i += 2) text.replace(i, 1, "\\|");
    return text;
  };
  for (const std::string& hook : report.comparison.hooks) {
    bool any = false;
    for (const Change& one : report.changes) {
      if (one.difference->hook != hook) continue;
      any = true;
      out << "| `" << hook << "` | " << wordsOf(one.difference->change).text << " | `" << cell(analyze::print(one.difference->witness))
          << "` | " << cell(answerOf(ruleOf(one.difference->old_done, report.old_policy), report.old_policy)) << " | "
          << cell(answerOf(ruleOf(one.difference->new_done, report.new_policy), report.new_policy)) << " |\n";
    }
    if (!any || isUndecided(report, hook)) out << "| `" << hook << "` | " << relationOf(report, hook) << " | | | |\n";
  }
  return out.str();
}

}  // namespace lsmpc::driver
