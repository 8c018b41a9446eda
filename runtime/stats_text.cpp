#include <algorithm>
#include <cstdio>

#include "runtime/stats.h"

namespace lsmpc::runtime {
namespace {

using Row = std::vector<std::string>;

constexpr char kUntimed[] =
    "runs and time of programs are not counted: `sysctl kernel.bpf_stats_enabled=1` has the kernel count them from then on\n";

// The first column stands left, numbers stand right.
std::string aligned(const std::vector<Row>& rows) {
  std::vector<size_t> widths;
  for (const Row& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  std::string text;
  for (const Row& row : rows) {
    text += "  " + row[0];
    if (row.size() > 1) text.append(widths[0] - row[0].size(), ' ');
    for (size_t i = 1; i < row.size(); ++i) text += "  " + std::string(widths[i] - row[i].size(), ' ') + row[i];
    text += "\n";
  }
  return text;
}

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
  return rows.size() == 1 ? "" : aligned(rows);
}

std::string sets(const PolicyStats& policy) {
  std::vector<Row> rows = {{"set", "elements", "max"}};
  for (const SetStats& set : policy.sets) rows.push_back({set.name, std::to_string(set.elements), std::to_string(set.max)});
  return rows.size() == 1 ? "" : aligned(rows);
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
