#include "runtime/top_frame.h"

#include <algorithm>
#include <cstdio>

#include "runtime/columns.h"

namespace lsmpc::runtime {
namespace {

constexpr lsmp_counter kShown[] = {LSMP_DENIED, LSMP_AUDITED, LSMP_UNRESOLVED, LSMP_LOST};
constexpr size_t kRated = 2;  // the first of them have a rate too
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

}  // namespace

std::string topFrame(const Stats& before, const Stats& now, double seconds) {
  if (now.policies.empty()) return "no policy is loaded\n";
  std::vector<Row> policies = {{"policy", "mode", "denied", "a second", "audited", "a second", "unresolved", "lost"}};
  for (const PolicyStats& policy : now.policies) policies.push_back(policyRow(same(before, policy), policy, seconds));
  std::vector<Row> programs = {{"program", "policy", "missed", "runs a second", "ns a run", "% of a processor"}};
  for (const Busy& busy : busyPrograms(before, now)) programs.push_back(programRow(busy, seconds));
  return columnsText(policies, "") + "\n" + columnsText(programs, "") +
         (now.timed ? "" : "\nruns and time are not counted: `sysctl kernel.bpf_stats_enabled=1` has the kernel count them\n");
}

}  // namespace lsmpc::runtime
