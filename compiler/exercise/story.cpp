#include "compiler/exercise/story.h"

#include <algorithm>

#include "compiler/materialise/exec.h"

namespace lsmpc::exercise {
namespace {

constexpr const char* kExe = "exe";
constexpr const char* kScript = "script";
constexpr const char* kAncestors = "ancestor.exe";
constexpr const char* kPath = "path";

const policy::Expr& definitionOf(const policy::Expr& key, const policy::HookPolicy& hook) {
  auto* attribute = std::get_if<policy::AttributeRef>(&key.node);
  return attribute ? definitionOf(*hook.attributes[attribute->index].value, hook) : key;
}

enum class Turn : uint8_t { Name, FsPath, Nowhere, Member };

// A path that leads nowhere is of a file, too.
Turn turnOf(const policy::Given& given, const policy::HookPolicy& hook) {
  const policy::Expr& definition = definitionOf(*given.key, hook);
  auto* call = std::get_if<policy::BuiltinCall>(&definition.node);
  if (definition.type.kind == policy::TypeKind::Path && call) return call->builtin == policy::Builtin::FsPath ? Turn::FsPath : Turn::Name;
  if (given.presence != policy::Presence::Value) return Turn::Nowhere;
  bool text = call && policy::isText(definition.type) && call->builtin != policy::Builtin::Text;
  return text || definition.type.kind == policy::TypeKind::Ip ? Turn::Name : Turn::Member;
}

judge::Value textsOf(std::vector<std::string> texts) { return {.known = judge::Known::Value, .texts = std::move(texts)}; }

std::vector<std::string> before(const judge::Said& task) {
  const judge::Value* ancestors = task.of(kAncestors);
  return ancestors ? ancestors->texts : std::vector<std::string>();
}

}  // namespace

std::vector<const policy::Given*> inOrder(const std::vector<policy::Given>& given, const policy::HookPolicy& hook,
                                          const std::vector<policy::Given>& more) {
  std::vector<const policy::Given*> order;
  for (const auto* some : {&given, &more})
    for (const policy::Given& one : *some) order.push_back(&one);
  std::stable_sort(order.begin(), order.end(),
                   [&](const policy::Given* one, const policy::Given* other) { return turnOf(*one, hook) < turnOf(*other, hook); });
  return order;
}

policy::ExprPtr resolved(const policy::ExprPtr& constant, const judge::Said& said) {
  auto* account = std::get_if<policy::Account>(&constant->node);
  if (!account) return constant;
  const judge::Value* id = said.account(*account);
  auto number = std::make_shared<policy::Expr>(*constant);
  number->node = policy::IntConst{id ? id->number : policy::Int{0}};
  return number;
}

bool bringAbout(const policy::Given& given, const judge::Said& said, materialise::Scene& scene) {
  if (given.presence == policy::Presence::Absent) return scene.giveAbsent(*given.key);
  if (given.presence == policy::Presence::Unresolved) return scene.giveUnresolved(*given.key);
  return std::all_of(given.values.begin(), given.values.end(),
                     [&](const policy::ExprPtr& constant) { return scene.give(*given.key, *resolved(constant, said)); });
}

judge::Value valueOf(const policy::Given& given, const judge::Said& said) {
  if (given.presence == policy::Presence::Absent) return {.known = judge::Known::Absent};
  if (given.presence == policy::Presence::Unresolved) return {.known = judge::Known::Unresolved};
  judge::Value value{.known = judge::Known::Value};
  for (const policy::ExprPtr& constant : given.values) {
    policy::ExprPtr plain = resolved(constant, said);
    if (auto* number = std::get_if<policy::IntConst>(&plain->node)) value.number = number->value;
    if (auto* truth = std::get_if<policy::BoolConst>(&plain->node)) value.number = truth->value;
    if (auto* address = std::get_if<policy::IpConst>(&plain->node)) value.address = address->value;
    if (auto* text = std::get_if<policy::StringConst>(&plain->node)) value.texts.push_back(text->value);
  }
  return value;
}

std::string beginScript(simulate::Loaded& host, materialise::Scene& scene, simulate::Acting& acting) {
  const std::optional<std::string>& asked = scene.programs().asked;
  return asked ? materialise::beginScript(host, {scene.argument("bprm", "linux_binprm"), *asked}, acting) : "";
}

void executed(const judge::Said& step, judge::Said& task) {
  std::vector<std::string> ancestors = before(task);
  if (const judge::Value* exe = task.of(kExe)) ancestors.insert(ancestors.end(), exe->texts.begin(), exe->texts.end());
  task.say(kAncestors, textsOf(std::move(ancestors)));
  if (const judge::Value* path = step.of(kPath)) task.say(kExe, *path);
  const judge::Value* script = step.of(kScript);
  task.say(kScript, script ? *script : textsOf({""}));
}

judge::Said forked(const judge::Said& parent) {
  judge::Said child = parent;
  std::vector<std::string> ancestors = before(parent);
  if (const judge::Value* exe = parent.of(kExe)) ancestors.insert(ancestors.end(), exe->texts.begin(), exe->texts.end());
  if (parent.of(kAncestors) || !ancestors.empty()) child.say(kAncestors, textsOf(std::move(ancestors)));
  return child;
}

}  // namespace lsmpc::exercise
