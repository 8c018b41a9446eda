// list, status: what is pinned in the kernel.
#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>

#include "runtime/cli/host.h"
#include "runtime/cli/options.h"
#include "runtime/counters.h"
#include "runtime/filled_json.h"
#include "runtime/message.h"
#include "runtime/pins.h"
#include "runtime/protection.h"
#include "runtime/sets.h"

namespace lsmpc::cli {
namespace {

using Json = nlohmann::ordered_json;

struct Shown {
  runtime::LoadedPolicy policy;
  Json counters = Json::object();  // empty where their pin is gone: a fault that the policy names
};

struct Seen {
  std::vector<Shown> policies;
  std::optional<runtime::Protection> protection;
};

Seen look(const Call& call, const std::vector<std::string>& names) {
  auto lock = beginHost(call.program);
  std::vector<runtime::LoadedPolicy> policies;
  for (const std::string& name : names) policies.push_back(runtime::loadedPolicy(name));
  if (names.empty()) policies = runtime::loadedPolicies();
  Seen seen{{}, runtime::readProtection()};
  for (runtime::LoadedPolicy& policy : policies) {
    Shown shown{std::move(policy)};
    try {
      auto values = runtime::readCounters(shown.policy);
      for (size_t i = 0; i < values.size(); ++i) shown.counters[std::string(runtime::kCounters[i].name)] = values[i];
    } catch (const runtime::Failure&) {
      shown.counters = Json::object();
    }
    seen.policies.push_back(std::move(shown));
  }
  return seen;
}

Json setsOf(const runtime::LoadedPolicy& policy) {
  Json sets = Json::array();
  for (const runtime::ManifestSet& set : policy.manifest.sets) {
    sets.push_back({{"name", set.name}, {"type", set.type}, {"max", set.max}});
    if (auto now = runtime::elementsIn(runtime::setPin(policy.folder, set.name), set)) sets.back()["elements"] = *now;
  }
  return sets;
}

Json asJson(const Shown& shown) {
  const runtime::LoadedPolicy& policy = shown.policy;
  Json rules = Json::array();
  for (const runtime::ManifestRule& rule : policy.manifest.rules)
    rules.push_back({{"id", rule.id}, {"source", runtime::placeOf(rule)}, {"text", rule.text}});
  return {{"name", policy.name},
          {"version", policy.manifest.version},
          {"mode", policy.manifest.mode},
          {"generation", policy.generation},
          {"origin", runtime::originJson(policy.origin)},
          {"sha256", policy.sha256},
          {"trial", policy.trial},
          {"hooks", policy.hooks},
          {"proved", policy.proved},
          {"absent", policy.absent},
          {"filled", runtime::filledJson(policy.filled)},
          {"sets", setsOf(policy)},
          {"faults", policy.faults},
          {"counters", shown.counters},
          {"rules", rules}};
}

Json asJson(const std::optional<runtime::Protection>& protection) {
  if (!protection) return nullptr;
  return {{"program", protection->program}, {"refused", protection->refused}, {"faults", protection->faults}};
}

void printJson(const Seen& seen, const char* schema) {
  Json list = Json::array();
  for (const Shown& shown : seen.policies) list.push_back(asJson(shown));
  std::cout << Json{{"schema", schema}, {"version", 1}, {"policies", list}, {"protection", asJson(seen.protection)}}.dump() << "\n";
}

void printStatus(const Shown& shown) {
  const runtime::LoadedPolicy& policy = shown.policy;
  std::cout << policy.name << " " << policy.manifest.version << (policy.manifest.version.empty() ? "" : " ") << "(" << policy.manifest.mode
            << ", generation " << policy.generation << ")\n";
  std::cout << "  it " << runtime::textOf(policy.origin) << "\n";
  if (policy.trial) std::cout << "  on trial: taken back in " << policy.trial << " s, unless it is confirmed\n";
  for (const std::string& hook : policy.hooks) std::cout << "  on " << hook << "\n";
  for (const std::string& hook : policy.absent) std::cout << "  this kernel lacks " << hook << "\n";
  for (const runtime::FilledNote& note : policy.filled) std::cout << "  " << note.text << " is " << note.value << "\n";
  for (const runtime::ManifestSet& set : policy.manifest.sets) {
    auto now = runtime::elementsIn(runtime::setPin(policy.folder, set.name), set);
    std::cout << "  " << runtime::textOf(set) << ": " << (now ? std::to_string(*now) : "unknown") << "\n";
  }
  std::cout << " ";
  for (const auto& [name, value] : shown.counters.items()) std::cout << " " << name << " " << value;
  std::cout << "\n";
  for (const runtime::ManifestRule& rule : policy.manifest.rules)
    std::cout << "  " << rule.id << "  " << rule.file << ":" << rule.line << "  " << rule.text << "\n";
}

void printProtection(const runtime::Protection& protection) {
  std::cout << "protected: " << protection.program << " alone changes what keeps them in force; refused to others: " << protection.refused << "\n";
}

// Exit 2 where a policy, or the protection, is not as it was loaded.
void tellFaults(const Seen& seen) {
  std::vector<runtime::Problem> problems;
  if (seen.protection)
    for (const std::string& fault : seen.protection->faults) problems.push_back({runtime::Message::ProtectionDamaged, {fault}, {}});
  for (const Shown& shown : seen.policies)
    for (const std::string& fault : shown.policy.faults) problems.push_back({runtime::Message::Damaged, {shown.policy.name, fault}, {}});
  if (!problems.empty()) throw runtime::Failure(std::move(problems));
}

// What is usual is not said.
std::string originNote(const runtime::LoadedPolicy& policy) {
  return policy.origin == runtime::Origin{} ? "" : "  " + runtime::textOf(policy.origin);
}

void printLine(const runtime::LoadedPolicy& policy) {
  std::cout << policy.name << "  " << policy.manifest.mode << "  " << policy.hooks.size()
            << (policy.hooks.size() == 1 ? " hook  " : " hooks  ") << policy.manifest.rules.size()
            << (policy.manifest.rules.size() == 1 ? " rule" : " rules") << originNote(policy)
            << (policy.faults.empty() ? "\n" : "  DAMAGED: see status\n");
}

// The newest is asked first.
void sortAsAsked(std::vector<Shown>& all) {
  std::stable_sort(all.begin(), all.end(), [](const Shown& a, const Shown& b) { return a.policy.newest_link > b.policy.newest_link; });
}

}  // namespace

int runList(const Call& call) {
  Parsed parsed = parse(call, boost::program_options::options_description("options"), 0);
  if (parsed.help) return 0;
  Seen seen = look(call, {});
  if (parsed.json) {
    printJson(seen, "lsmp-list");
    return 0;
  }
  if (seen.policies.empty()) std::cout << "no policy is loaded\n";
  for (const Shown& shown : seen.policies) printLine(shown.policy);
  return 0;
}

int runStatus(const Call& call) {
  Parsed parsed = parse(call, boost::program_options::options_description("options"), 1);
  if (parsed.help) return 0;
  Seen seen = look(call, parsed.names);
  const std::vector<Shown>& all = seen.policies;
  sortAsAsked(seen.policies);
  if (parsed.json) printJson(seen, "lsmp-status");
  if (!parsed.json && all.empty()) std::cout << "no policy is loaded\n";
  if (!parsed.json)
    for (const Shown& shown : all) printStatus(shown);
  if (!parsed.json && all.size() > 1) std::cout << "asked in this order, the newest first; what one refuses the next does not see\n";
  if (!parsed.json && seen.protection) printProtection(*seen.protection);
  tellFaults(seen);
  return 0;
}

}  // namespace lsmpc::cli
