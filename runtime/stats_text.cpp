#include <cstdio>

#include "runtime/columns.h"
#include "runtime/stats.h"

namespace lsmpc::runtime {
namespace {

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
    text += counters(policy) + programs(policy) + sets(policy);
  }
  return text + (stats.timed ? "" : kUntimed);
}

}  // namespace lsmpc::runtime
