#include "runtime/load.h"

#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>

#include "runtime/cli/dry_run.h"
#include "runtime/cli/duration.h"
#include "runtime/cli/host.h"
#include "runtime/cli/options.h"
#include "runtime/cli/problems.h"
#include "runtime/filled_json.h"
#include "runtime/object.h"

namespace lsmpc::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr size_t kMostRules = 100;  // shown

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

std::vector<std::string> hooksOf(const runtime::LoadedNow& now) {
  std::vector<std::string> hooks = now.proved;
  hooks.insert(hooks.end(), now.unproved.begin(), now.unproved.end());
  return hooks;
}

bool isReadable(const runtime::LoadedPolicy& policy) { return !policy.manifest.text.empty(); }

std::string wordsOf(const std::optional<runtime::LoadedPolicy>& replaced, bool audit) {
  if (!replaced) return "";
  return audit && isReadable(*replaced) && replaced->manifest.mode != "audit" ? ", replaced one that denied" : ", replaced";
}

void printRules(const std::vector<runtime::ManifestRule>& rules, const std::string& indent, const std::string& more) {
  size_t shown = std::min(rules.size(), kMostRules);
  for (size_t i = 0; i < shown; ++i) std::cout << indent << runtime::placeOf(rules[i]) << "  " << rules[i].text << "\n";
  if (shown != rules.size()) std::cout << indent << "… " << rules.size() - shown << " more" << more << "\n";
}

// What a policy has lost against the one before; what that comes to, only a compiler can say.
void printChange(const runtime::LoadedNow& now, const Loosened& loosened) {
  if (!isReadable(*now.replaced)) {
    std::cout << "  what was in force cannot be read: " << now.replaced->faults.front() << "\n";
    return;
  }
  std::vector<runtime::ManifestRule> gone = runtime::rulesGone(now.replaced->manifest, now.manifest);
  if (!gone.empty()) {
    std::cout << "  gone: " << gone.size() << (gone.size() == 1 ? " rule" : " rules") << " of the one before"
              << (loosened ? "" : "; `lsmpc diff` of both objects says what is permitted now") << "\n";
    printRules(gone, "    ", "");
  }
  if (loosened) std::cout << std::flush << loosened(now, false);
}

void printText(const runtime::LoadedNow& now, const Loosened& loosened) {
  const runtime::Manifest& manifest = now.manifest;
  std::cout << manifest.name << (manifest.version.empty() ? "" : " " + manifest.version)
            << (now.audit ? ": auditing, nothing is denied," : ": in force") << " on " << joined(hooksOf(now)) << " ("
            << manifest.rules.size() << (manifest.rules.size() == 1 ? " rule)" : " rules)") << wordsOf(now.replaced, now.audit) << "\n";
  printRules(manifest.rules, "  ", ": `lsmpctl status " + manifest.name + "` shows all");
  if (!now.proved.empty()) std::cout << "  the kernel calls it: " << joined(now.proved) << "\n";
  if (!now.unproved.empty()) std::cout << "  attached, not proved: " << joined(now.unproved) << "\n";
  for (const runtime::FilledNote& note : now.filled) std::cout << "  on this host " << note.text << " is " << note.value << "\n";
  if (now.older)
    std::cout << "  older than this load: " << now.older << (now.older == 1 ? " process" : " processes")
              << "; of their ancestors it knows those that live\n";
  if (!now.absent.empty()) std::cout << "  this kernel lacks: " << joined(now.absent) << "\n";
  if (now.replaced) printChange(now, loosened);
}

Json goneJson(const runtime::LoadedNow& now) {
  if (now.replaced && !isReadable(*now.replaced)) return nullptr;
  Json gone = Json::array();
  if (now.replaced)
    for (const runtime::ManifestRule& rule : runtime::rulesGone(now.replaced->manifest, now.manifest))
      gone.push_back({{"id", rule.id}, {"source", runtime::placeOf(rule)}, {"text", rule.text}});
  return gone;
}

Json asJson(const runtime::LoadedNow& now, const Loosened& loosened) {
  Json json{{"name", now.manifest.name},
            {"version", now.manifest.version},
            {"mode", now.audit ? "audit" : "enforce"},
            {"generation", now.generation},
            {"replaced", now.replaced.has_value()},
            {"gone", goneJson(now)},
            {"rules", now.manifest.rules.size()},
            {"proved", now.proved},
            {"unproved", now.unproved},
            {"absent", now.absent},
            {"filled", runtime::filledJson(now.filled)},
            {"older", now.older}};
  if (loosened && now.replaced && isReadable(*now.replaced)) json["looser"] = Json::parse(loosened(now, true));
  return json;
}

constexpr LongestTime kLongestTrial{24 * 60 * 60, "24h"};

// 0: none is asked for.
uint64_t trialSeconds(const Call& call, const Parsed& parsed) {
  return parsed.values.count("confirm-within") ? secondsOf(call, parsed.values["confirm-within"].as<std::string>(), kLongestTrial) : 0;
}

}  // namespace

int runLoad(const Call& call) {
  boost::program_options::options_description options("options");
  options.add_options()("audit", "record what would be denied, deny nothing")("force", "also a policy that would stop `unload`")(
      "dry-run", "ask this kernel's verifier alone, and show what it counts: nothing is attached")(
      "replace", "also what came from elsewhere: from a folder of `apply`")(
      "protect", "keep root, too, from pins, mounts and maps of all policies: this program alone changes them then")(
      "confirm-within", boost::program_options::value<std::string>(),
      "a time, such as 60s or 5m: taken back then, unless `confirm` comes before");
  Parsed parsed = parse(call, options, SIZE_MAX);
  if (parsed.help) return 0;
  std::vector<std::string> objects = parsed.names.empty() ? runtime::indexedObjects("build") : parsed.names;
  if (parsed.values.count("dry-run")) {
    showDryRun(objects, parsed.json);
    return 0;
  }
  runtime::LoadRequest request{{},
                               parsed.values.count("audit") != 0,
                               parsed.values.count("force") != 0,
                               trialSeconds(call, parsed),
                               parsed.values.count("replace") != 0,
                               {},
                               parsed.values.count("protect") != 0};
  for (const std::string& path : objects) request.objects.push_back({path, {}});
  runtime::LoadOutcome outcome = runtime::loadPolicies(request);
  noteCleaned(call.program, outcome.cleaned);
  if (!parsed.json) warn(call.program, outcome.warnings);
  Json json = Json::array();
  for (const runtime::LoadedNow& now : outcome.loaded) {
    if (!parsed.json)
      printText(now, call.loosened);
    else
      json.push_back(asJson(now, call.loosened));
    if (request.trial && parsed.json) json.back()["trial"] = request.trial;
  }
  if (request.trial && !parsed.json)
    std::cout << "on trial: taken back in " << parsed.values["confirm-within"].as<std::string>() << ", unless `" << call.program
              << " confirm` comes before\n";
  if (parsed.json)
    std::cout << Json{{"schema", "lsmp-load"}, {"version", 1}, {"policies", json}, {"warnings", problemsJson(outcome.warnings)}}.dump()
              << "\n";
  if (!outcome.afterwards.empty()) throw runtime::Failure(std::move(outcome.afterwards));
  return 0;
}

}  // namespace lsmpc::cli
