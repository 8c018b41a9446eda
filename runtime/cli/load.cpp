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

void printText(const runtime::LoadedNow& now) {
  const runtime::Manifest& manifest = now.manifest;
  std::cout << manifest.name << (manifest.version.empty() ? "" : " " + manifest.version)
            << (now.audit ? ": auditing, nothing is denied," : ": in force") << " on " << joined(hooksOf(now)) << " ("
            << manifest.rules.size() << (manifest.rules.size() == 1 ? " rule)" : " rules)") << (now.replaced ? ", replaced" : "") << "\n";
  size_t shown = std::min(manifest.rules.size(), kMostRules);
  for (size_t i = 0; i < shown; ++i) std::cout << "  " << runtime::placeOf(manifest.rules[i]) << "  " << manifest.rules[i].text << "\n";
  if (shown != manifest.rules.size())
    std::cout << "  … " << manifest.rules.size() - shown << " more: `lsmpctl status " << manifest.name << "` shows all\n";
  if (!now.proved.empty()) std::cout << "  the kernel calls it: " << joined(now.proved) << "\n";
  if (!now.unproved.empty()) std::cout << "  attached, not proved: " << joined(now.unproved) << "\n";
  for (const runtime::FilledNote& note : now.filled) std::cout << "  on this host " << note.text << " is " << note.value << "\n";
  if (now.older)
    std::cout << "  older than this load: " << now.older << (now.older == 1 ? " process" : " processes")
              << "; of their ancestors it knows those that live\n";
  if (!now.absent.empty()) std::cout << "  this kernel lacks: " << joined(now.absent) << "\n";
}

Json asJson(const runtime::LoadedNow& now) {
  return {{"name", now.manifest.name},
          {"version", now.manifest.version},
          {"mode", now.audit ? "audit" : "enforce"},
          {"generation", now.generation},
          {"replaced", now.replaced},
          {"rules", now.manifest.rules.size()},
          {"proved", now.proved},
          {"unproved", now.unproved},
          {"absent", now.absent},
          {"filled", runtime::filledJson(now.filled)},
          {"older", now.older}};
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
    if (!parsed.json) printText(now);
    json.push_back(asJson(now));
    if (request.trial) json.back()["trial"] = request.trial;
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
