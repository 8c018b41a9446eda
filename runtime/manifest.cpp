#include "runtime/manifest.h"

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string_view>

#include "runtime/abi/layout.h"
#include "runtime/message.h"

namespace lsmpc::runtime {
namespace {

using Json = nlohmann::json;

constexpr size_t kMaxNameLength = 64, kMaxHooks = 512, kMaxNesting = 32, kMaxSetName = 200;

HookVariant readVariant(const Json& json) {
  return {json.value("any_of", std::vector<std::string>()), json.at("arguments").get<std::vector<std::string>>()};
}

// Numbers, and pairs of the first and the last of a run; of the `count` rules that there are each once at most.
std::vector<uint32_t> readRules(const Json& json, size_t count) {
  if (!json.is_array()) throw Json::out_of_range::create(401, "a hook names no rules", &json);
  std::vector<uint32_t> rules;
  for (const Json& one : json) {
    uint32_t first = (one.is_array() ? one.at(0) : one).get<uint32_t>(), last = (one.is_array() ? one.at(1) : one).get<uint32_t>();
    if (last < first || last >= count || last - first >= count - rules.size())
      return {static_cast<uint32_t>(count)};  // fault() names the hook
    for (uint32_t rule = first; rule <= last; ++rule) rules.push_back(rule);
  }
  return rules;
}

ManifestHook readHook(const Json& json, size_t rules) {
  ManifestHook hook{json.at("name").get<std::string>(),
                    json.at("program").get<std::string>(),
                    json.value("if_present", false),
                    readRules(json.at("rules"), rules),
                    {},
                    json.value("actor", true)};
  for (const Json& variant : json.at("variants")) hook.variants.push_back(readVariant(variant));
  return hook;
}

// The policy's own file, which most rules are a line of.
struct Source {
  std::string path;
  std::vector<std::string> lines;
};

Source readSource(const Json& json) {
  Source source{json.at("path").get<std::string>(), {}};
  std::istringstream text(json.at("text").get<std::string>());
  for (std::string line; std::getline(text, line);) source.lines.push_back(line);
  return source;
}

ManifestRule readRule(const Json& json, const Source& source) {
  uint32_t line = json.at("line").get<uint32_t>();
  std::string whole = line >= 1 && line <= source.lines.size() ? source.lines[line - 1] : "";
  return {json.at("id").get<std::string>(),    json.value("file", source.path),       line,
          json.value("text", whole),           json.at("verdict").get<std::string>(), json.value("errno", std::string()),
          json.value("signal", std::string()), json.value("message", std::string())};
}

Fill readFill(const Json& json) {
  return {json.at("fill").get<std::string>(), json.at("name").get<std::string>(), json.at("slot").get<uint32_t>(),
          json.at("rule").get<uint32_t>()};
}

ManifestSet readSet(const Json& json) {
  return {json.at("set").get<std::string>(), json.at("type").get<std::string>(), json.at("slot").get<uint32_t>(),
          json.at("max").get<uint32_t>(),    json.at("first").get<uint64_t>(),   json.at("rule").get<uint32_t>()};
}

bool usableSetName(const std::string& name) {
  auto fits = [](unsigned char c) { return std::isalnum(c) || c == '_'; };
  return !name.empty() && name.size() <= kMaxSetName && std::all_of(name.begin(), name.end(), fits);
}

std::string faultOfSets(const Manifest& manifest) {
  for (size_t i = 0; i < manifest.sets.size(); ++i) {
    const ManifestSet& set = manifest.sets[i];
    if (!usableSetName(set.name) || set.slot != i || set.rule >= manifest.rules.size()) return "it has an impossible set";
    for (size_t other = 0; other < i; ++other)
      if (manifest.sets[other].name == set.name) return "set `" + set.name + "` is there twice";
  }
  return {};
}

std::string fault(const Manifest& manifest) {
  if (!usableName(manifest.name)) return "the policy's name is not one of letters, digits, `_` and `-`";
  if (manifest.hooks.empty() || manifest.hooks.size() > kMaxHooks) return "it names no hooks, or too many";
  for (const Fill& fill : manifest.fills)
    if (fill.rule >= manifest.rules.size()) return "it fills in " + textOf(fill) + " for a rule that is not there";
  if (std::string what = faultOfSets(manifest); !what.empty()) return what;
  if (manifest.facts.size() > LSMP_FACTS_BITS) return "it keeps more of programs than there are bits";
  for (const ManifestHook& hook : manifest.hooks) {
    if (!usableName(hook.name) || !usableName(hook.program)) return "a hook or program has an impossible name";
    if (hook.variants.empty()) return "hook `" + hook.name + "` has no variant";
    for (uint32_t rule : hook.rules)
      if (rule >= manifest.rules.size()) return "hook `" + hook.name + "` names a rule that is not there";
    auto same = [&](const ManifestHook& other) { return other.name == hook.name; };
    if (std::count_if(manifest.hooks.begin(), manifest.hooks.end(), same) > 1) return "hook `" + hook.name + "` is there twice";
  }
  return {};
}

// Deep nesting would exhaust the stack before any field is looked at.
bool tooDeep(const std::string& text) {
  size_t depth = 0;
  bool quoted = false;
  for (size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (quoted && c == '\\') {
      ++i;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (!quoted && (c == '{' || c == '[')) {
      if (++depth > kMaxNesting) return true;
    } else if (!quoted && (c == '}' || c == ']') && depth) {
      --depth;
    }
  }
  return false;
}

Manifest readManifest(const Json& json, const std::string& origin) {
  if (json.at("schema") != "lsmp-manifest") throw Failure(Message::BadManifest, {origin, "its schema is not `lsmp-manifest`"});
  Manifest manifest;
  manifest.abi = json.at("abi").get<uint32_t>();
  if (manifest.abi != LSMP_ABI_VERSION)
    throw Failure(Message::OtherAbi, {origin, std::to_string(manifest.abi), std::to_string(LSMP_ABI_VERSION)});
  const Json& policy = json.at("policy");
  manifest.name = policy.at("name").get<std::string>();
  manifest.version = policy.value("version", std::string());
  manifest.mode = policy.value("mode", std::string("enforce"));
  for (const Json& member : policy.value("members", Json::array()))
    manifest.members.push_back({member.at("name"), member.value("version", std::string()), member.value("mode", std::string("enforce")),
                                member.value("path", std::string())});
  manifest.compiler = json.value("compiler", std::string());
  manifest.arch = json.at("arch").get<std::string>();
  manifest.targets = json.value("targets", std::vector<std::string>());
  manifest.facts = json.value("facts", std::vector<std::string>());
  Source source = readSource(json.at("source"));
  for (const Json& rule : json.at("rules")) manifest.rules.push_back(readRule(rule, source));
  for (const Json& hook : json.at("hooks")) manifest.hooks.push_back(readHook(hook, manifest.rules.size()));
  for (const Json& need : json.value("needs", Json::array())) {
    if (need.is_object() && need.contains("fill"))
      manifest.fills.push_back(readFill(need));
    else if (need.is_object() && need.contains("set"))
      manifest.sets.push_back(readSet(need));
    else
      manifest.needs.push_back(need.is_string() ? need.get<std::string>() : need.dump());
  }
  return manifest;
}

}  // namespace

std::string placeOf(const ManifestRule& rule) { return rule.file + ":" + std::to_string(rule.line); }

std::vector<ManifestRule> rulesGone(const Manifest& before, const Manifest& now) {
  std::set<std::string_view> ids;
  for (const ManifestRule& rule : now.rules) ids.insert(rule.id);
  std::vector<ManifestRule> gone;
  std::copy_if(before.rules.begin(), before.rules.end(), std::back_inserter(gone),
               [&](const ManifestRule& rule) { return !ids.contains(rule.id); });
  return gone;
}

std::string textOf(const Fill& fill) { return fill.kind + "(\"" + fill.name + "\")"; }

std::string textOf(const ManifestSet& set) { return "set " + set.name + " : " + set.type + " dynamic max " + std::to_string(set.max); }

bool usableName(const std::string& name) {
  auto fits = [](unsigned char c) { return std::isalnum(c) || c == '_' || c == '-'; };
  return !name.empty() && name.size() <= kMaxNameLength && std::all_of(name.begin(), name.end(), fits);
}

Manifest parseManifest(const std::string& text, const std::string& origin) {
  if (tooDeep(text)) throw Failure(Message::BadManifest, {origin, "it is nested too deeply"});
  Manifest manifest;
  try {
    manifest = readManifest(Json::parse(text), origin);
  } catch (const Json::exception& error) {
    throw Failure(Message::BadManifest, {origin, error.what()});
  }
  if (std::string what = fault(manifest); !what.empty()) throw Failure(Message::BadManifest, {origin, what});
  manifest.text = text;
  return manifest;
}

}  // namespace lsmpc::runtime
