// list, status: what is pinned in the kernel.
#include <iostream>
#include <nlohmann/json.hpp>

#include "runtime/cli/options.h"
#include "runtime/events.h"
#include "runtime/message.h"
#include "runtime/pins.h"
#include "runtime/preflight.h"

namespace lsmpc::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kCounters[] = {"lost", "suppressed", "unresolved", "denied", "audited", "no_scratch"};
static_assert(std::size(kCounters) == LSMP_COUNTERS);

std::vector<runtime::LoadedPolicy> wanted(const std::vector<std::string>& names) {
  if (auto problems = runtime::checkReader(); !problems.empty()) throw runtime::Failure(std::move(problems));
  if (names.empty()) return runtime::loadedPolicies();
  std::vector<runtime::LoadedPolicy> result;
  for (const std::string& name : names) result.push_back(runtime::loadedPolicy(name));
  return result;
}

Json asJson(const runtime::LoadedPolicy& policy) {
  Json counters = Json::object();
  auto values = runtime::readCounters(policy);
  for (size_t i = 0; i < values.size(); ++i) counters[kCounters[i]] = values[i];
  return {{"name", policy.name},   {"version", policy.manifest.version}, {"mode", policy.manifest.mode},
          {"generation", policy.generation}, {"rules", policy.manifest.rules.size()}, {"hooks", policy.hooks},
          {"missing", policy.missing}, {"counters", counters}};
}

void printJson(const std::vector<runtime::LoadedPolicy>& policies, const char* schema) {
  Json list = Json::array();
  for (const auto& policy : policies) list.push_back(asJson(policy));
  std::cout << Json{{"schema", schema}, {"version", 1}, {"policies", list}}.dump() << "\n";
}

void printStatus(const runtime::LoadedPolicy& policy) {
  std::cout << policy.name << " " << policy.manifest.version << (policy.manifest.version.empty() ? "" : " ") << "("
            << policy.manifest.mode << ", generation " << policy.generation << ")\n";
  for (const std::string& hook : policy.hooks) std::cout << "  on " << hook << "\n";
  for (const std::string& hook : policy.missing) std::cout << "  NOT IN FORCE on " << hook << "\n";
  auto values = runtime::readCounters(policy);
  std::cout << " ";
  for (size_t i = 0; i < values.size(); ++i) std::cout << " " << kCounters[i] << " " << values[i];
  std::cout << "\n";
  for (const runtime::ManifestRule& rule : policy.manifest.rules)
    std::cout << "  " << rule.id << "  " << rule.file << ":" << rule.line << "  " << rule.text << "\n";
}

}  // namespace

int runList(const Command& self, const Arguments& arguments) {
  Parsed parsed = parse(self, arguments, boost::program_options::options_description("options"));
  if (parsed.help) return 0;
  auto policies = wanted(parsed.names);
  if (parsed.json) {
    printJson(policies, "lsmp-list");
    return 0;
  }
  if (policies.empty()) std::cout << "no policy is loaded\n";
  for (const auto& policy : policies)
    std::cout << policy.name << "  " << policy.manifest.mode << "  " << policy.hooks.size() << (policy.hooks.size() == 1 ? " hook  " : " hooks  ")
              << policy.manifest.rules.size() << (policy.manifest.rules.size() == 1 ? " rule\n" : " rules\n");
  return 0;
}

// Exit 2 where a policy is in force only in part.
int runStatus(const Command& self, const Arguments& arguments) {
  Parsed parsed = parse(self, arguments, boost::program_options::options_description("options"));
  if (parsed.help) return 0;
  auto policies = wanted(parsed.names);
  if (parsed.json) printJson(policies, "lsmp-status");
  if (!parsed.json && policies.empty()) std::cout << "no policy is loaded\n";
  std::vector<runtime::Problem> problems;
  for (const auto& policy : policies) {
    if (!parsed.json) printStatus(policy);
    if (!policy.missing.empty()) problems.push_back({runtime::Message::PartlyUnloaded, {policy.name, "hook `" + policy.missing.front() + "` is not attached"}, {}});
  }
  if (!problems.empty()) throw runtime::Failure(std::move(problems));
  return 0;
}

}  // namespace lsmpc::cli
