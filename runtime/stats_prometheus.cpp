// https://prometheus.io/docs/instrumenting/exposition_formats/, text format 0.0.4.
#include <cstdio>
#include <utility>

#include "runtime/stats.h"

namespace lsmpc::runtime {
namespace {

constexpr size_t kMostRules = 1000;

using Labels = std::vector<std::pair<std::string_view, std::string_view>>;

std::string escaped(std::string_view value) {
  std::string text;
  for (char c : value) {
    if (c == '\\' || c == '"') text += '\\';
    text += c == '\n' ? "\\n" : std::string(1, c);
  }
  return text;
}

// One family: its HELP and TYPE, then its samples.
class Family {
 public:
  Family(std::string& out, std::string name, std::string_view type, std::string_view help) : out_(out), name_(std::move(name)) {
    out_ += "# HELP " + name_ + " " + std::string(help) + "\n# TYPE " + name_ + " " + std::string(type) + "\n";
  }
  void sample(const Labels& labels, const std::string& value) {
    out_ += name_;
    for (size_t i = 0; i < labels.size(); ++i)
      out_ += (i ? "," : "{") + std::string(labels[i].first) + "=\"" + escaped(labels[i].second) + "\"";
    out_ += (labels.empty() ? " " : "} ") + value + "\n";
  }
  void sample(const Labels& labels, uint64_t value) { sample(labels, std::to_string(value)); }

 private:
  std::string& out_;
  std::string name_;
};

std::string seconds(uint64_t nanoseconds) {
  char text[40];
  snprintf(text, sizeof text, "%llu.%09llu", static_cast<unsigned long long>(nanoseconds / 1000000000),
           static_cast<unsigned long long>(nanoseconds % 1000000000));
  return text;
}

void policyFamilies(std::string& out, const Stats& stats) {
  Family info(out, "lsmp_policy_info", "gauge", "A policy in force; 1.");
  for (const PolicyStats& policy : stats.policies)
    info.sample(
        {{"policy", policy.name}, {"version", policy.version}, {"mode", policy.mode}, {"generation", std::to_string(policy.generation)}},
        1);
  Family faults(out, "lsmp_policy_faults", "gauge", "Things of a policy that are not as they were loaded: lsmpctl status names them.");
  for (const PolicyStats& policy : stats.policies) faults.sample({{"policy", policy.name}}, policy.faults);
}

void counterFamilies(std::string& out, const Stats& stats) {
  for (size_t i = 0; i < std::size(kCounters); ++i) {
    Family counter(out, "lsmp_" + std::string(kCounters[i].name) + "_total", "counter", kCounters[i].meaning);
    for (const PolicyStats& policy : stats.policies)
      if (policy.counters) counter.sample({{"policy", policy.name}}, (*policy.counters)[i]);
  }
}

struct ProgramFamily {
  const char *name, *help;
  std::string (*value)(const ProgramStats& program);
};
constexpr ProgramFamily kProgramFamilies[] = {
    {"lsmp_program_runs_total", "Calls of a program, while the kernel counts them (lsmp_bpf_stats_enabled).",
     [](const ProgramStats& program) { return std::to_string(program.runs); }},
    {"lsmp_program_run_seconds_total", "Time spent in a program, while the kernel counts it (lsmp_bpf_stats_enabled).",
     [](const ProgramStats& program) { return seconds(program.nanoseconds); }},
    {"lsmp_program_missed_total", "Calls of a program that the kernel left out.",
     [](const ProgramStats& program) { return std::to_string(program.missed); }},
};

void programFamilies(std::string& out, const Stats& stats) {
  Family(out, "lsmp_bpf_stats_enabled", "gauge", "Whether the kernel counts runs and time of programs: kernel.bpf_stats_enabled.")
      .sample({}, stats.timed);
  for (const ProgramFamily& kind : kProgramFamilies) {
    Family family(out, kind.name, "counter", kind.help);
    for (const PolicyStats& policy : stats.policies)
      for (const ProgramStats& program : policy.programs)
        family.sample({{"policy", policy.name}, {"hook", program.hook}}, kind.value(program));
  }
}

void setFamilies(std::string& out, const Stats& stats) {
  for (bool most : {false, true}) {
    Family family(out, most ? "lsmp_set_max" : "lsmp_set_elements", "gauge",
                  most ? "Elements that a dynamic set has room for." : "Elements in a dynamic set.");
    for (const PolicyStats& policy : stats.policies)
      for (const SetStats& set : policy.sets) family.sample({{"policy", policy.name}, {"set", set.name}}, most ? set.max : set.elements);
  }
}

// Of a policy of thousands of rules only those with hits, as a scrape is to stay small.
void ruleFamilies(std::string& out, const Stats& stats) {
  for (bool unresolved : {false, true}) {
    Family family(out, unresolved ? "lsmp_rule_unresolved_total" : "lsmp_rule_hits_total", "counter",
                  unresolved ? "Decisions of a rule because something could not be known." : "Decisions of a rule.");
    for (const PolicyStats& policy : stats.policies)
      for (const RuleStats& rule : policy.rules)
        if (rule.hits || policy.rules.size() <= kMostRules)
          family.sample({{"policy", policy.name}, {"rule", rule.id}, {"place", rule.place}}, unresolved ? rule.unresolved : rule.hits);
  }
}

}  // namespace

std::string statsPrometheus(const Stats& stats) {
  std::string out;
  policyFamilies(out, stats);
  counterFamilies(out, stats);
  programFamilies(out, stats);
  setFamilies(out, stats);
  ruleFamilies(out, stats);
  return out;
}

}  // namespace lsmpc::runtime
