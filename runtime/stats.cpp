#include "runtime/stats.h"

#include <bpf/bpf.h>

#include <cerrno>
#include <fstream>

#include "runtime/attachment.h"
#include "runtime/hits.h"
#include "runtime/sets.h"
#include "runtime/trackers.h"

namespace lsmpc::runtime {
namespace {

constexpr const char* kStatsSwitch = "/proc/sys/kernel/bpf_stats_enabled";

bool areTimed() {
  int value = 0;
  return static_cast<bool>(std::ifstream(kStatsSwitch) >> value) && value != 0;
}

ProgramStats readProgram(const std::string& folder, const std::string& hook) {
  Descriptor link = openPin(linkPin(folder, hook));
  Attachment attachment = attachmentOf(hook, link.get());
  Descriptor program(bpf_prog_get_fd_by_id(attachment.program));
  bpf_prog_info info{};
  uint32_t size = sizeof info;
  if (!program || bpf_obj_get_info_by_fd(program.get(), &info, &size))
    throw Failure(Message::PinUnusable, {linkPin(folder, hook), errorText(errno)});
  return {hook, isTrackerLink(hook), attachment.program, info.run_cnt, info.run_time_ns, info.recursion_misses};
}

// Those whose pins are as they were loaded; what is wrong with others `status` tells.
std::vector<std::string> programsOf(const LoadedPolicy& policy) {
  std::vector<std::string> programs = policy.hooks;
  for (const std::string& hook : pinnedHooks(policy.folder))
    if (isTrackerLink(hook)) programs.push_back(hook);
  return programs;
}

std::vector<RuleStats> readRules(const LoadedPolicy& policy) {
  const std::vector<ManifestRule>& rules = policy.manifest.rules;
  std::vector<lsmp_rule_hits> hits = readHits(policy.folder, rules.size());
  std::vector<RuleStats> stats;
  for (size_t i = 0; i < hits.size(); ++i) stats.push_back({rules[i].id, placeOf(rules[i]), hits[i].all, hits[i].unresolved});
  return stats;
}

// What cannot be read does not hide the rest.
template <class Read>
void reading(std::vector<Problem>& unread, Read read) {
  try {
    read();
  } catch (const Failure& failure) {
    unread.insert(unread.end(), failure.problems().begin(), failure.problems().end());
  }
}

PolicyStats statsOf(const LoadedPolicy& policy, std::vector<Problem>& unread) {
  PolicyStats stats{policy.name, policy.manifest.version, policy.manifest.mode, policy.generation, policy.faults.size()};
  reading(unread, [&] { stats.counters = readCounters(policy); });
  for (const std::string& hook : programsOf(policy)) reading(unread, [&] { stats.programs.push_back(readProgram(policy.folder, hook)); });
  for (const ManifestSet& set : policy.manifest.sets)
    if (auto now = elementsIn(setPin(policy.folder, set.name), set)) stats.sets.push_back({set.name, *now, set.max});
  reading(unread, [&] { stats.rules = readRules(policy); });
  return stats;
}

}  // namespace

Stats readStats(const std::vector<std::string>& names) {
  std::vector<LoadedPolicy> policies;
  for (const std::string& name : names) policies.push_back(loadedPolicy(name));
  if (names.empty()) policies = loadedPolicies();
  Stats stats{areTimed()};
  for (const LoadedPolicy& policy : policies) stats.policies.push_back(statsOf(policy, stats.unread));
  return stats;
}

}  // namespace lsmpc::runtime
