#include "runtime/top_frame.h"

#include <algorithm>
#include <cstdio>
#include <optional>
#include <utility>

#include "runtime/columns.h"

namespace lsmpc::runtime {
namespace {

constexpr lsmp_counter kShown[] = {LSMP_DENIED, LSMP_AUDITED, LSMP_UNRESOLVED, LSMP_LOST};
constexpr size_t kRated = 2;       // the first of them have a rate too
constexpr size_t kMostRules = 10;  // shown, the busiest
constexpr char kUnknown[] = "-";

std::string decimal(double value) {
  char text[64];
  snprintf(text, sizeof text, "%.1f", value);
  return text;
}

// A generation counts anew.
const PolicyStats* same(const Stats& before, const PolicyStats& policy) {
  for (const PolicyStats& one : before.policies)
    if (one.name == policy.name && one.generation == policy.generation) return &one;
  return nullptr;
}

std::string rate(const PolicyStats* before, const PolicyStats& now, lsmp_counter counter, double seconds) {
  if (!before || !before->counters) return kUnknown;
  return decimal(static_cast<double>((*now.counters)[counter] - (*before->counters)[counter]) / seconds);
}

Row policyRow(const PolicyStats* before, const PolicyStats& policy, double seconds) {
  Row row = {policy.name + (policy.faults ? " DAMAGED" : ""), policy.mode};
  for (size_t i = 0; i < std::size(kShown); ++i) {
    row.push_back(policy.counters ? std::to_string((*policy.counters)[kShown[i]]) : kUnknown);
    if (i < kRated) row.push_back(policy.counters ? rate(before, policy, kShown[i], seconds) : kUnknown);
  }
  return row;
}

struct Busy {
  const PolicyStats* policy;
  const ProgramStats* program;
  bool known;                  // it was there before
  uint64_t runs, nanoseconds;  // since then
};

std::vector<Busy> busyPrograms(const Stats& before, const Stats& now) {
  std::vector<Busy> all;
  for (const PolicyStats& policy : now.policies)
    for (const ProgramStats& program : policy.programs) {
      all.push_back({&policy, &program, false, 0, 0});
      const PolicyStats* old = same(before, policy);
      if (!old) continue;
      for (const ProgramStats& one : old->programs)
        if (one.program == program.program)
          all.back() = {&policy, &program, true, program.runs - one.runs, program.nanoseconds - one.nanoseconds};
    }
  std::stable_sort(all.begin(), all.end(), [](const Busy& a, const Busy& b) { return a.nanoseconds > b.nanoseconds; });
  return all;
}

Row programRow(const Busy& busy, double seconds) {
  Row row = {busy.program->hook, busy.policy->name, std::to_string(busy.program->missed), kUnknown, kUnknown, kUnknown};
  if (!busy.known) return row;
  row[3] = decimal(static_cast<double>(busy.runs) / seconds);
  row[4] = busy.runs ? std::to_string(busy.nanoseconds / busy.runs) : kUnknown;
  row[5] = decimal(static_cast<double>(busy.nanoseconds) / seconds / 1e7);
  return row;
}

struct HitRule {
  const PolicyStats* policy;
  const RuleStats* rule;
  std::optional<uint64_t> since;  // hits since the look before, where that knew the rule
};

// Of one generation the order of rules is the same in each look.
std::vector<HitRule> hitRules(const Stats& before, const Stats& now) {
  std::vector<HitRule> hit;
  for (const PolicyStats& policy : now.policies) {
    const PolicyStats* old = same(before, policy);
    for (size_t i = 0; i < policy.rules.size(); ++i) {
      const RuleStats& rule = policy.rules[i];
      if (!rule.hits) continue;
      hit.push_back({&policy, &rule, std::nullopt});
      if (old && i < old->rules.size()) hit.back().since = rule.hits - old->rules[i].hits;
    }
  }
  auto busier = [](const HitRule& a, const HitRule& b) {
    return std::pair(a.since.value_or(0), a.rule->hits) > std::pair(b.since.value_or(0), b.rule->hits);
  };
  std::stable_sort(hit.begin(), hit.end(), busier);
  return hit;
}

Row ruleRow(const HitRule& hit, double seconds) {
  return {hit.rule->place, hit.policy->name, std::to_string(hit.rule->hits),
          hit.since ? decimal(static_cast<double>(*hit.since) / seconds) : kUnknown, std::to_string(hit.rule->unresolved)};
}

std::string rulesText(const Stats& before, const Stats& now, double seconds) {
  std::vector<HitRule> hit = hitRules(before, now);
  if (hit.empty()) return {};
  if (hit.size() > kMostRules) hit.resize(kMostRules);
  std::vector<Row> rows = {{"rule", "policy", "hits", "a second", "unresolved"}};
  for (const HitRule& one : hit) rows.push_back(ruleRow(one, seconds));
  return "\n" + columnsText(rows, "");
}

}  // namespace

std::string topFrame(const Stats& before, const Stats& now, double seconds) {
  if (now.policies.empty()) return "no policy is loaded\n";
  std::vector<Row> policies = {{"policy", "mode", "denied", "a second", "audited", "a second", "unresolved", "lost"}};
  for (const PolicyStats& policy : now.policies) policies.push_back(policyRow(same(before, policy), policy, seconds));
  std::vector<Row> programs = {{"program", "policy", "missed", "runs a second", "ns a run", "% of a processor"}};
  for (const Busy& busy : busyPrograms(before, now)) programs.push_back(programRow(busy, seconds));
  return columnsText(policies, "") + "\n" + columnsText(programs, "") + rulesText(before, now, seconds) +
         (now.timed ? "" : "\nruns and time are not counted: `sysctl kernel.bpf_stats_enabled=1` has the kernel count them\n");
}

}  // namespace lsmpc::runtime
