#include "runtime/stats.h"

#include <iostream>
#include <nlohmann/json.hpp>

#include "runtime/cli/host.h"
#include "runtime/cli/options.h"

namespace lsmpc::cli {
namespace {

using Json = nlohmann::ordered_json;

Json asJson(const runtime::PolicyStats& policy) {
  Json counters = Json::object(), programs = Json::array(), sets = Json::array(), rules = Json::array();
  for (size_t i = 0; policy.counters && i < policy.counters->size(); ++i)
    counters[std::string(runtime::kCounters[i].name)] = (*policy.counters)[i];
  for (const runtime::ProgramStats& one : policy.programs)
    programs.push_back({{"hook", one.hook},
                        {"tracker", one.tracker},
                        {"program", one.program},
                        {"runs", one.runs},
                        {"nanoseconds", one.nanoseconds},
                        {"missed", one.missed}});
  for (const runtime::SetStats& set : policy.sets) sets.push_back({{"name", set.name}, {"elements", set.elements}, {"max", set.max}});
  for (const runtime::RuleStats& rule : policy.rules)
    rules.push_back({{"id", rule.id}, {"place", rule.place}, {"hits", rule.hits}, {"unresolved", rule.unresolved}});
  return {{"name", policy.name},     {"version", policy.version}, {"mode", policy.mode},  {"generation", policy.generation},
          {"faults", policy.faults}, {"counters", counters},      {"programs", programs}, {"sets", sets},
          {"rules", rules}};
}

std::string statsJson(const runtime::Stats& stats) {
  Json policies = Json::array();
  for (const runtime::PolicyStats& policy : stats.policies) policies.push_back(asJson(policy));
  return Json{{"schema", "lsmp-stats"}, {"version", 1}, {"timed", stats.timed}, {"policies", policies}}.dump() + "\n";
}

struct Form {
  std::string_view format;
  std::string (*print)(const runtime::Stats& stats);
};
constexpr Form kForms[] = {{"text", runtime::statsText}, {"json", statsJson}, {"prometheus", runtime::statsPrometheus}};

runtime::Stats statsNow(const Call& call, const std::vector<std::string>& names) {
  auto lock = beginHost(call.program);
  return runtime::readStats(names);
}

}  // namespace

// Exit 2 where something could not be read; what could be is printed.
int runStats(const Call& call) {
  Parsed parsed = parse(call, boost::program_options::options_description("options"), 1);
  if (parsed.help) return 0;
  runtime::Stats stats = statsNow(call, parsed.names);
  for (const Form& form : kForms)
    if (form.format == parsed.format) std::cout << form.print(stats);
  if (!stats.unread.empty()) throw runtime::Failure(std::move(stats.unread));
  return 0;
}

}  // namespace lsmpc::cli
