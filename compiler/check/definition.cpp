#include "compiler/check/definition.h"

#include <algorithm>
#include <span>

#include "compiler/check/expression.h"
#include "compiler/policy/flags.h"
#include "compiler/check/rule.h"

namespace lsmpc::check {
namespace {

using diag::Kind;

constexpr std::string_view kElementTypes[] = {
#define LSMPC_ELEMENT_TYPE(type, holds) type,
#include "compiler/check/element_types.def"
};
constexpr std::string_view kHeld[] = {
#define LSMPC_ELEMENT_TYPE(type, holds) holds,
#include "compiler/check/element_types.def"
};
constexpr std::string_view kAttributeTypes[] = {"path", "string", "ip", "bool", "int", "port", "uid", "gid", "pid", "cap"};

bool oneOf(const ast::Name& type, std::span<const std::string_view> types, std::string_view more, diag::Emitter& emitter) {
  if (std::find(types.begin(), types.end(), type.text) != types.end()) return true;
  std::string all;
  for (std::string_view one : types) all += (all.empty() ? "" : " ") + std::string(one);
  emitter.report(Kind::UnknownType, type.range, type.text, all + std::string(more));
  return false;
}

// A hook of no target is passed over where another kernel has it: uses of the attribute say `if present`.
bool checkOn(const AttributeEntry& entry, const ast::Name* name, const Input& input, const Scope& scope, diag::Emitter& emitter) {
  policy::HookPolicy alone;
  alone.targets = input.targets.all();
  if (name) {
    const btf::Hook* hook = input.targets.hook(name->text);
    if (!hook && input.known_hooks.contains(name->text)) return true;
    if (!hook) return reportUnknownHook(*name, input.targets, scope, emitter), false;
    alone.hook = *hook;
    alone.targets &= hook->present;
  } else {  // what every acting task has, and no more
    alone.hook.name = "*";
    alone.hook.actor = true;
  }
  return ExpressionChecker(scope, input.targets, alone, emitter).attribute(entry, {}).has_value();
}

}  // namespace

void checkAttributes(const ast::File& file, const Input& input, Scope& scope, diag::Emitter& emitter) {
  for (const ast::Statement& statement : file.statements) {
    auto* attribute = std::get_if<ast::AttributeDeclaration>(&statement);
    if (!attribute) continue;
    AttributeEntry entry{joined(attribute->name), attribute, false};
    bool good = policy::isFlagsDomain(attribute->type.text) || oneOf(attribute->type, kAttributeTypes, ", or a flags type", emitter);
    if (good && attribute->hooks.empty()) good = checkOn(entry, nullptr, input, scope, emitter);
    for (const ast::Name& hook : attribute->hooks) good = good && checkOn(entry, &hook, input, scope, emitter);
    if (!good) scope.markFaulty(*attribute);
  }
}

bool isElementType(const ast::Name& type, diag::Emitter& emitter) { return oneOf(type, kElementTypes, "", emitter); }

std::string elementHint(std::string_view type) {
  auto found = std::find(std::begin(kElementTypes), std::end(kElementTypes), type);
  size_t index = found == std::end(kElementTypes) ? 0 : static_cast<size_t>(found - std::begin(kElementTypes));  // others are numbers
  return "a set of " + std::string(type) + " holds " + std::string(kHeld[index]);
}

std::string constantHint(std::string_view type) { return elementHint(type) + "; what the kernel has is compared with `==`"; }

}  // namespace lsmpc::check
