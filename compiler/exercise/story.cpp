#include "compiler/exercise/story.h"

#include <algorithm>

#include "compiler/materialise/exec.h"

namespace lsmpc::exercise {
namespace {

constexpr const char* kExe = "exe";
constexpr const char* kScript = "script";
constexpr const char* kAncestors = "ancestor.exe";
constexpr const char* kPath = "path";
constexpr const char* kStep = "exec.step";
constexpr const char *kCreated = "bprm_creds_for_exec", *kChecked = "bprm_check_security";

const policy::Expr& definitionOf(const policy::Expr& key, const policy::HookPolicy& hook) {
  auto* attribute = std::get_if<policy::AttributeRef>(&key.node);
  return attribute ? definitionOf(*hook.attributes[attribute->index].value, hook) : key;
}

// In the order in which an event is brought about.
enum class Turn { Object, Nowhere, Member };

Turn turnOf(const policy::Given& given, const policy::HookPolicy& hook) {
  const policy::Expr& definition = definitionOf(*given.key, hook);
  auto* call = std::get_if<policy::BuiltinCall>(&definition.node);
  bool address = definition.type.kind == policy::TypeKind::Ip,
       text = isText(definition.type) && call && call->builtin != policy::Builtin::Text;
  if (given.presence == policy::Presence::Value) return address || text ? Turn::Object : Turn::Member;
  return definition.type.kind == policy::TypeKind::Path && text ? Turn::Object
                                                                : Turn::Nowhere;  // a path that leads nowhere is of a file, too
}

judge::Value textsOf(std::vector<std::string> texts) { return {.known = judge::Known::Value, .texts = std::move(texts)}; }

std::vector<std::string> before(const judge::Said& task) {
  const judge::Value* ancestors = task.of(kAncestors);
  return ancestors ? ancestors->texts : std::vector<std::string>();
}

}  // namespace

std::vector<const policy::Given*> inOrder(const std::vector<policy::Given>& given, const policy::HookPolicy& hook) {
  std::vector<const policy::Given*> order;
  for (const policy::Given& one : given) order.push_back(&one);
  std::stable_sort(order.begin(), order.end(), [&](auto* one, auto* other) { return turnOf(*one, hook) < turnOf(*other, hook); });
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

std::vector<Call> callsOfExec(const judge::Said& step, const judge::Said& task) {
  std::vector<Call> calls;
  judge::Said last = step;
  const judge::Value* script = step.of(kScript);
  auto number = [](policy::Int number) { return judge::Value{.known = judge::Known::Value, .number = number}; };
  if (script) {  // nothing else is known of that file
    judge::Said first = task;
    for (const char* key : {kPath, kScript}) first.say(key, *script);
    first.say(kStep, number(0));
    calls = {{kCreated, first}, {kChecked, first}};
  } else {
    if (const judge::Value* path = step.of(kPath)) last.say(kScript, *path);
    calls = {{kCreated, last}};
  }
  last.say(kStep, number(script ? 1 : 0));
  for (const char* hook : {kChecked, "bprm_committing_creds", "bprm_committed_creds"}) calls.push_back({hook, last});
  return calls;
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
