#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>

#include "compiler/driver/commands.h"
#include "compiler/driver/options.h"
#include "compiler/driver/pipeline.h"
#include "compiler/driver/prelude.h"
#include "runtime/match/suggest.h"

namespace lsmpc::driver {
namespace {

std::string_view useName(btf::HookUse use) {
  switch (use) {
    case btf::HookUse::Deny: return "may deny";
    case btf::HookUse::AuditOnly: return "audit only";
    case btf::HookUse::Refused: return "refused";
  }
  return "refused";
}

std::string typeText(const btf::TargetSet& targets, btf::TypeId id) {
  const btf::Type& type = targets.type(id);
  switch (type.shape) {
    case btf::Shape::Pointer: return typeText(targets, type.target) + " *";
    case btf::Shape::Record: return (type.is_union ? "union " : "struct ") + (type.name.empty() ? "(anonymous)" : type.name);
    case btf::Shape::Enum: return "enum " + type.name;
    case btf::Shape::Array: return typeText(targets, type.target) + "[" + std::to_string(type.count) + "]";
    case btf::Shape::Void: return "void";
    case btf::Shape::Function: return "function";
    default: return type.name;
  }
}

// Which attributes a hook has. Process attributes (`on *`) need `current` to be the actor.
std::vector<const DocumentedAttribute*> attributesOf(const btf::Hook& hook, const std::vector<DocumentedAttribute>& all) {
  std::vector<const DocumentedAttribute*> result;
  for (const DocumentedAttribute& attribute : all) {
    bool named = std::find(attribute.hooks.begin(), attribute.hooks.end(), hook.name) != attribute.hooks.end();
    if (named || (attribute.hooks.empty() && hook.actor)) result.push_back(&attribute);
  }
  return result;
}

nlohmann::json hookJson(const btf::TargetSet& targets, const btf::Hook& hook, const std::vector<DocumentedAttribute>& all) {
  nlohmann::json arguments = nlohmann::json::array(), attributes = nlohmann::json::array();
  for (const btf::HookArgument& argument : hook.arguments)
    arguments.push_back(
        {{"name", argument.name}, {"type", typeText(targets, argument.type)}, {"targets", targets.names(argument.present)}});
  for (const DocumentedAttribute* attribute : attributesOf(hook, all)) attributes.push_back(attribute->name);
  return {{"name", hook.name},      {"use", useName(hook.use)}, {"reason", hook.reason}, {"targets", targets.names(hook.present)},
          {"arguments", arguments}, {"attributes", attributes}, {"actor", hook.actor}};
}

void printHook(const btf::TargetSet& targets, const btf::Hook& hook, const std::vector<DocumentedAttribute>& all) {
  std::cout << hook.name << ": " << useName(hook.use);
  if (!hook.reason.empty()) std::cout << " (" << hook.reason << ")";
  std::cout << "\non " << targets.names(hook.present) << "\n\narguments:\n";
  for (const btf::HookArgument& argument : hook.arguments) {
    std::cout << "  arg." << argument.name << " : " << typeText(targets, argument.type);
    if (argument.present != hook.present) std::cout << "   (only on " << targets.names(argument.present) << ")";
    std::cout << "\n";
  }
  std::cout << "\nattributes:\n";
  for (const DocumentedAttribute* attribute : attributesOf(hook, all))
    std::cout << "  " << attribute->name << " : " << attribute->type << "   " << attribute->doc.substr(0, attribute->doc.find('\n'))
              << "\n";
}

int listHooks(const btf::TargetSet& targets, bool json, const std::vector<DocumentedAttribute>& all) {
  nlohmann::json list = nlohmann::json::array();
  for (const btf::Hook& hook : targets.hooks()) {
    if (json) {
      list.push_back(hookJson(targets, hook, all));
      continue;
    }
    std::cout << hook.name << std::string(hook.name.size() < 32 ? 32 - hook.name.size() : 1, ' ') << useName(hook.use);
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
    printHook(*targets, *hook, attributes);
  return kDone;
}

}  // namespace lsmpc::driver
