#include <algorithm>
#include <cstdio>

#include "runtime/columns.h"
#include "runtime/stats.h"

namespace lsmpc::runtime {
namespace {

constexpr size_t kShownRules = 20;
constexpr char kUntimed[] =
    "runs and time of programs are not counted: `sysctl kernel.bpf_stats_enabled=1` has the kernel count them from then on\n";

std::string milliseconds(uint64_t nanoseconds) {
  char text[32];
  snprintf(text, sizeof text, "%llu.%03llu", static_cast<unsigned long long>(nanoseconds / 1000000),
           static_cast<unsigned long long>(nanoseconds / 1000 % 1000));
  return text;
}

std::string programs(const PolicyStats& policy) {
  std::vector<Row> rows = {{"program", "runs", "ms", "ns a run", "missed"}};
  for (const ProgramStats& one : policy.programs)
    rows.push_back({one.hook, std::to_string(one.runs), milliseconds(one.nanoseconds),
                    one.runs ? std::to_string(one.nanoseconds / one.runs) : "-", std::to_string(one.missed)});
  return rows.size() == 1 ? "" : columnsText(rows, "  ");
}

std::string sets(const PolicyStats& policy) {
  std::vector<Row> rows = {{"set", "elements", "max"}};
  for (const SetStats& set : policy.sets) rows.push_back({set.name, std::to_string(set.elements), std::to_string(set.max)});
  return rows.size() == 1 ? "" : columnsText(rows, "  ");
}

// Those that have decided most, which are what one looks for.
std::string rules(const PolicyStats& policy) {
  std::vector<const RuleStats*> hit;
  for (const RuleStats& rule : policy.rules)
    if (rule.hits) hit.push_back(&rule);
  std::stable_sort(hit.begin(), hit.end(), [](const RuleStats* left, const RuleStats* right) { return left->hits > right->hits; });
  size_t shown = std::min(hit.size(), kShownRules);
  std::vector<Row> rows = {{"rule", "hits", "unresolved"}};
  for (size_t i = 0; i < shown; ++i) rows.push_back({hit[i]->place, std::to_string(hit[i]->hits), std::to_string(hit[i]->unresolved)});
  std::string text = shown ? columnsText(rows, "  ") : "";
  if (shown < hit.size()) text += "  and " + std::to_string(hit.size() - shown) + " more with hits: --format json has all\n";
  if (size_t idle = policy.rules.size() - hit.size())
    text += "  " + std::to_string(idle) + " of " + std::to_string(policy.rules.size()) + " rules have decided nothing\n";
  return text;
}

std::string counters(const PolicyStats& policy) {
  if (!policy.counters) return "  its counters cannot be read\n";
  std::string text = " ";
  for (size_t i = 0; i < std::size(kCounters); ++i)
    text += " " + std::string(kCounters[i].name) + " " + std::to_string((*policy.counters)[i]);
  return text + "\n";
}

}  // namespace

std::string statsText(const Stats& stats) {
  if (stats.policies.empty()) return "no policy is loaded\n";
  std::string text;
  for (const PolicyStats& policy : stats.policies) {
    text += policy.name + (policy.version.empty() ? "" : " " + policy.version) + " (" + policy.mode + ", generation " +
            std::to_string(policy.generation) + ")" + (policy.faults ? "  DAMAGED: see status\n" : "\n");
    text += counters(policy) + rules(policy) + programs(policy) + sets(policy);
  }
  return text + (stats.timed ? "" : kUntimed);
}

}  // namespace lsmpc::runtime
