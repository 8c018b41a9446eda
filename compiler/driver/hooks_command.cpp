#include <iostream>
#include <nlohmann/json.hpp>

#include "compiler/driver/commands.h"
#include "compiler/driver/hook_text.h"
#include "compiler/driver/options.h"
#include "compiler/driver/pipeline.h"
#include "compiler/driver/prelude.h"
#include "runtime/match/suggest.h"

namespace lsmpc::driver {
namespace {

int listHooks(const btf::TargetSet& targets, bool json, const std::vector<DocumentedAttribute>& all) {
  nlohmann::json list = nlohmann::json::array();
  for (const btf::Hook& hook : targets.hooks()) {
    if (json) {
      list.push_back(hookJson(targets, hook, all));
      continue;
    }
    std::cout << hook.name << std::string(hook.name.size() < 32 ? 32 - hook.name.size() : 1, ' ') << hookUse(hook);
    if (hook.present != targets.all()) std::cout << ", only on " << targets.names(hook.present);
    std::cout << "\n";
  }
  if (json) std::cout << nlohmann::json{{"schema", "lsmpc-hooks"}, {"version", 1}, {"hooks", list}}.dump() << "\n";
  return kDone;
}

int unknownHook(const btf::TargetSet& targets, const std::string& name) {
  std::vector<std::string> names;
  for (const btf::Hook& hook : targets.hooks()) names.push_back(hook.name);
  std::cerr << "lsmpc: no hook `" << name << "` on " << targets.names(targets.all());
  if (auto near = match::nearest(name, names)) std::cerr << "; did you mean `" << *near << "`?";
  std::cerr << "\n";
  return kPolicyAtFault;
}

}  // namespace

int runHooks(const Command& self, const Arguments& arguments) {
  Options options(self);
  options.addTargets();
  options.addFormat();
  if (!options.parse(arguments)) return options.exitCode();
  if (options.positional().size() > 1) return options.usage("one hook at a time");
  auto targets = openTargets(options.targets(), ".");
  if (!targets) return kEnvironment;
  auto attributes = documentedAttributes();
  if (options.positional().empty()) return listHooks(*targets, options.json(), attributes);
  const btf::Hook* hook = targets->hook(options.positional().front());
  if (!hook) return unknownHook(*targets, options.positional().front());
  if (options.json())
    std::cout << hookJson(*targets, *hook, attributes).dump() << "\n";
  else
    std::cout << hookText(*targets, *hook, attributes);
  return kDone;
}

}  // namespace lsmpc::driver
