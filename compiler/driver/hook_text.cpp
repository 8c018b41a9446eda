#include "compiler/driver/hook_text.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>

namespace lsmpc::driver {
namespace {

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

}  // namespace

std::string_view hookUse(const btf::Hook& hook) {
  switch (hook.use) {
    case btf::HookUse::Deny: return "may deny";
    case btf::HookUse::AuditOnly: return "audit only";
    case btf::HookUse::Refused: return "refused";
  }
  return "refused";
}

nlohmann::json hookJson(const btf::TargetSet& targets, const btf::Hook& hook, const std::vector<DocumentedAttribute>& all) {
  nlohmann::json arguments = nlohmann::json::array(), attributes = nlohmann::json::array();
  for (const btf::HookArgument& argument : hook.arguments)
    arguments.push_back(
        {{"name", argument.name}, {"type", typeText(targets, argument.type)}, {"targets", targets.names(argument.present)}});
  for (const DocumentedAttribute* attribute : attributesOf(hook, all)) attributes.push_back(attribute->name);
  return {{"name", hook.name},      {"use", hookUse(hook)},     {"reason", hook.reason}, {"targets", targets.names(hook.present)},
          {"arguments", arguments}, {"attributes", attributes}, {"actor", hook.actor}};
}

std::string hookText(const btf::TargetSet& targets, const btf::Hook& hook, const std::vector<DocumentedAttribute>& all) {
  std::ostringstream out;
  out << hook.name << ": " << hookUse(hook);
  if (!hook.reason.empty()) out << " (" << hook.reason << ")";
  out << "\non " << targets.names(hook.present) << "\n\narguments:\n";
  for (const btf::HookArgument& argument : hook.arguments) {
    out << "  arg." << argument.name << " : " << typeText(targets, argument.type);
    if (argument.present != hook.present) out << "   (only on " << targets.names(argument.present) << ")";
    out << "\n";
  }
  out << "\nattributes:\n";
  for (const DocumentedAttribute* attribute : attributesOf(hook, all))
    out << "  " << attribute->name << " : " << attribute->type << "   " << attribute->doc.substr(0, attribute->doc.find('\n')) << "\n";
  return out.str();
}

}  // namespace lsmpc::driver
