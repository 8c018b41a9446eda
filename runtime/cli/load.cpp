#include "runtime/load.h"

#include <iostream>
#include <nlohmann/json.hpp>

#include "runtime/cli/options.h"
#include "runtime/object.h"

namespace lsmpc::cli {
namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

void printText(const runtime::LoadedNow& now, bool audit) {
  std::vector<std::string> hooks;
  for (const runtime::ManifestHook& hook : now.manifest.hooks) hooks.push_back(hook.name);
  std::cout << now.manifest.name << (now.manifest.version.empty() ? "" : " " + now.manifest.version)
            << (audit || now.manifest.mode == "audit" ? ": auditing, nothing is denied" : ": in force") << " on " << joined(hooks) << " ("
            << now.manifest.rules.size() << (now.manifest.rules.size() == 1 ? " rule)" : " rules)") << (now.replaced ? ", replaced" : "")
            << "\n";
  if (!now.absent.empty()) std::cout << "  this kernel lacks: " << joined(now.absent) << "\n";
}

}  // namespace

int runLoad(const Command& self, const Arguments& arguments) {
  boost::program_options::options_description options("options");
  options.add_options()("audit", "record what would be denied, deny nothing");
  Parsed parsed = parse(self, arguments, options);
  if (parsed.help) return 0;
  runtime::LoadRequest request{parsed.names, parsed.values.count("audit") != 0};
  if (request.objects.empty()) request.objects = runtime::indexedObjects("build");
  auto loaded = runtime::loadPolicies(request);
  auto json = nlohmann::ordered_json::array();
  for (const runtime::LoadedNow& now : loaded) {
    if (!parsed.json) printText(now, request.audit);
    json.push_back({{"name", now.manifest.name}, {"generation", now.generation}, {"replaced", now.replaced}, {"absent", now.absent}});
  }
  if (parsed.json) std::cout << nlohmann::ordered_json{{"schema", "lsmp-load"}, {"version", 1}, {"policies", json}}.dump() << "\n";
  return 0;
}

}  // namespace lsmpc::cli
