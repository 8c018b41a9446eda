// The JSON of section .lsmp.manifest: runtime/abi/manifest.md.
#include <nlohmann/json.hpp>

#include "compiler/emit/emit.h"
#include "runtime/abi/layout.h"

namespace lsmpc::emit {
namespace {

using Json = nlohmann::ordered_json;

std::string markerName(const btf::Marker& marker) { return marker.record + "." + marker.member; }

bool onAllTargets(const decision::Program& program, const policy::Policy& policy) {
  auto all = static_cast<btf::TargetMask>((uint64_t{1} << policy.targets.size()) - 1);
  return (program.targets & all) == all;
}

Json hook(const decision::Program& program) {
  Json rules = Json::array(), variants = Json::array();
  for (const decision::Step& step : program.steps)
    if (rules.empty() || rules.back() != step.rule) rules.push_back(step.rule);
  for (const btf::HookVariant& variant : program.hook.variants) {
    Json any_of = Json::array();
    for (const btf::Marker& marker : variant.any_of) any_of.push_back(markerName(marker));
    variants.push_back({{"any_of", any_of}, {"arguments", variant.arguments}});
  }
  return {{"name", program.hook.name}, {"program", "lsmp_" + program.hook.name}, {"rules", rules}, {"variants", variants},
          {"actor", program.hook.actor}};
}

Json rule(const policy::Rule& rule) {
  const char* verdict = rule.verdict == policy::Verdict::Deny ? "deny" : rule.verdict == policy::Verdict::Allow ? "allow" : "audit";
  return {{"id", rule.id},           {"file", rule.file},          {"line", rule.line},   {"text", rule.text},
          {"verdict", verdict},      {"errno", rule.errno_name},   {"value", rule.errno_value}, {"event", rule.event},
          {"message", rule.message}};
}

}  // namespace

std::string manifest(const decision::Decision& decision) {
  const policy::Policy& policy = decision.policy;
  Json hooks = Json::array(), rules = Json::array();
  for (const decision::Program& program : decision.programs) {
    Json entry = hook(program);
    entry["if_present"] = !onAllTargets(program, policy);
    hooks.push_back(std::move(entry));
  }
  for (const policy::Rule& one : policy.rules) rules.push_back(rule(one));
  Json result = {{"schema", "lsmp-manifest"}, {"abi", LSMP_ABI_VERSION}};
  result["policy"] = {{"name", policy.name}, {"version", policy.version},
                      {"mode", policy.mode == ast::Mode::Audit ? "audit" : "enforce"}};
  result["compiler"] = "lsmpc " LSMPC_VERSION;
  result["arch"] = "x86_64";
  result["targets"] = policy.targets;
  result["hooks"] = std::move(hooks);
  result["rules"] = std::move(rules);
  result["needs"] = Json::array();
  result["source"] = {{"path", policy.source_path}, {"text", policy.source}};
  return result.dump();
}

}  // namespace lsmpc::emit
