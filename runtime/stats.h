// What the policies in force have counted since they were loaded, as one value: for `stats`, `top` and whoever exports metrics.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "runtime/counters.h"
#include "runtime/message.h"

namespace lsmpc::runtime {

// One attached program, as the kernel counts it (bpf_prog_info).
struct ProgramStats {
  std::string hook;
  bool tracker = false;                // keeps what rules ask of tasks' programs; it decides nothing
  uint32_t program = 0;                // the kernel's number
  uint64_t runs = 0, nanoseconds = 0;  // while kernel.bpf_stats_enabled was 1
  uint64_t missed = 0;                 // calls that the kernel left out (R043); counted from 5.12 on, always
};

struct SetStats {
  std::string name;
  uint64_t elements = 0, max = 0;
};

// One rule, as its programs count it.
struct RuleStats {
  std::string id, place;              // web.lsmp:3
  uint64_t hits = 0, unresolved = 0;  // how often it decided; of these, because something could not be known
};

struct PolicyStats {
  std::string name, version, mode;
  uint64_t generation = 0;
  uint64_t faults = 0;               // things that are not as the loader left them: `status` names them
  std::optional<Counters> counters;  // nothing where they cannot be read
  std::vector<ProgramStats> programs;
  std::vector<SetStats> sets;
  std::vector<RuleStats> rules;  // as the policy writes them; none where its object does not count them
};

struct Stats {
  bool timed = false;                 // kernel.bpf_stats_enabled is 1: runs and nanoseconds are counted now
  std::vector<PolicyStats> policies;  // by name
  std::vector<Problem> unread;        // what there should be and could not be read
};

// With names: of these, else of all. The caller holds the lock. Throws Failure NotLoaded.
Stats readStats(const std::vector<std::string>& names);

// For people: a paragraph for each policy.
std::string statsText(const Stats& stats);
// Prometheus text format 0.0.4: the same families in the same order whatever the values are.
std::string statsPrometheus(const Stats& stats);

}  // namespace lsmpc::runtime
