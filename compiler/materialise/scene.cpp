#include "compiler/materialise/scene.h"

#include "compiler/materialise/names.h"
#include "compiler/policy/children.h"

namespace lsmpc::materialise {

using policy::Expr;

namespace {

// From a mount, of now or of when a program was executed.
bool isWalked(policy::Builtin builtin) {
  return builtin != policy::Builtin::FsPath && builtin != policy::Builtin::CgroupPath && builtin != policy::Builtin::Either;
}

}  // namespace

Scene::Scene(simulate::Loaded& host, const policy::HookPolicy& hook, const btf::TypeTable& types, const simulate::Task& actor)
    : host_(host),
      kernel_(host.kernel()),
      hook_(hook),
      types_(types),
      actor_(actor) {}

bool Scene::fail(const std::string& wrong) {
  if (wrong_.empty()) wrong_ = wrong;
  return false;
}

bool Scene::give(const Expr& key, const Expr& value) {
  wrong_.clear();
  const Hung hung = hungOn(key, value);
  policy::Presence presence = presenceOf(key);
  if (presence != policy::Presence::Value) return hung.holds(presence) || fail("what else is given says that a pointer to it is NULL");
  given_.push_back(hung);
  if (auto* attribute = std::get_if<policy::AttributeRef>(&key.node)) return give(*hook_.attributes[attribute->index].value, value);
  if (auto* call = std::get_if<policy::BuiltinCall>(&key.node); call && call->builtin == policy::Builtin::If) return putIf(*call, value);
  if (auto* text = std::get_if<policy::StringConst>(&value.node)) return putText(key, text->value);
  if (auto* address = std::get_if<policy::IpConst>(&value.node)) return putAddress(key, address->value);
  if (auto* truth = std::get_if<policy::BoolConst>(&value.node)) return putCondition(key, truth->value);
  if (auto* number = std::get_if<policy::IntConst>(&value.node)) {
    if (key.type.kind == policy::TypeKind::Pointer) return putPointer(key, static_cast<uint64_t>(number->value));
    return putNumber(key, static_cast<uint64_t>(number->value));
  }
  return fail("a value of this kind cannot be given");
}

// Absent is what hangs on an object that is not there.
bool Scene::giveAbsent(const Expr& key) {
  wrong_.clear();
  if (auto* attribute = std::get_if<policy::AttributeRef>(&key.node)) return giveAbsent(*hook_.attributes[attribute->index].value);
  if (auto* field = std::get_if<policy::Field>(&key.node)) return giveAbsent(*field->base);
  if (auto* bits = std::get_if<policy::Bits>(&key.node)) return giveAbsent(*bits->left);
  auto* call = std::get_if<policy::BuiltinCall>(&key.node);
  if (!call) return fail("it cannot be absent here");
  switch (call->builtin) {
    case policy::Builtin::Given: return cut(*call->arguments[0], policy::Presence::Absent);
    case policy::Builtin::SocketAddress:
    case policy::Builtin::SocketPort: return putNoName(*call, Family::Ip);
    case policy::Builtin::UnixPath: return putNoName(*call, Family::Unix);
    case policy::Builtin::LocalAddress:
    case policy::Builtin::LocalPort:
    case policy::Builtin::PeerAddress:
    case policy::Builtin::PeerPort: return putNoEnd(*call, Family::Ip);
    case policy::Builtin::UnixName: return putNoEnd(*call, Family::Unix);
    default: return call->arguments.empty() ? fail("it cannot be absent here") : giveAbsent(*call->arguments[0]);
  }
}

// Of what there is not each test is false; no file has no path.
Scene::Hung Scene::hungOn(const Expr& key, const Expr& value) const {
  const Expr* place = &key;
  if (auto* attribute = std::get_if<policy::AttributeRef>(&key.node)) place = hook_.attributes[attribute->index].value.get();
  auto* call = std::get_if<policy::BuiltinCall>(&place->node);
  auto* text = std::get_if<policy::StringConst>(&value.node);
  auto* truth = std::get_if<policy::BoolConst>(&value.node);
  return {&key, call && call->builtin == policy::Builtin::FilePath && text && text->value.empty(), truth && !truth->value};
}

bool Scene::cut(const Expr& pointer, policy::Presence presence) {
  if (presenceOf(pointer) != policy::Presence::Value) return true;
  const std::string name = policy::print(pointer, hook_);
  nulls_[name] = presence;
  for (const Hung& one : given_)
    if (presenceOf(*one.key) != policy::Presence::Value && !one.holds(presence))
      return fail("it would take `" + name + "` to be NULL, and what else is given hangs on that");
  return putNull(pointer);
}

policy::Presence Scene::presenceOf(const Expr& place) const {
  if (auto* attribute = std::get_if<policy::AttributeRef>(&place.node)) return presenceOf(*hook_.attributes[attribute->index].value);
  auto known = place.type.kind == policy::TypeKind::Pointer ? nulls_.find(policy::print(place, hook_)) : nulls_.end();
  if (known != nulls_.end()) return known->second;
  for (const policy::ExprPtr& child : policy::childrenOf(place))
    if (policy::Presence presence = presenceOf(*child); presence != policy::Presence::Value) return presence;
  return policy::Presence::Value;
}

// A path is on a mount that no namespace has; of anything else a pointer on the way to it is NULL, which programs look for at each hop. (A load
// through a pointer that faults gives 0 where the verifier knows the pointer's type, and nobody can tell.)
bool Scene::giveUnresolved(const Expr& key) {
  wrong_.clear();
  if (presenceOf(key) != policy::Presence::Value) return true;
  if (auto* attribute = std::get_if<policy::AttributeRef>(&key.node)) return giveUnresolved(*hook_.attributes[attribute->index].value);
  if (auto* bits = std::get_if<policy::Bits>(&key.node)) return giveUnresolved(*bits->left);
  if (auto* logic = std::get_if<policy::Logic>(&key.node)) return giveUnresolved(*logic->left);
  if (auto* negation = std::get_if<policy::Not>(&key.node)) return giveUnresolved(*negation->operand);
  if (auto* comparison = std::get_if<policy::Compare>(&key.node)) return giveUnresolved(*comparison->left);
  if (auto* call = std::get_if<policy::BuiltinCall>(&key.node)) {
    if (key.type.kind == policy::TypeKind::Path && isWalked(call->builtin)) {
      for (const char* path : {kDetachedFolder, kDetachedFile}) host_.tasks().files().detach(path);
      return putText(key, kDetachedFile);
    }
    if (call->builtin == policy::Builtin::FsPath) return putLost(*call->arguments[0]);
    if (call->arguments.empty()) return fail("it cannot be made unresolved here");
    auto* field = std::get_if<policy::Field>(&call->arguments[0]->node);
    bool given = call->builtin == policy::Builtin::Given;  // NULL is absent
    return given && !field ? fail("it cannot be made unresolved here") : giveUnresolved(given ? *field->base : *call->arguments[0]);
  }
  bool points = key.type.kind == policy::TypeKind::Pointer;
  if (auto* field = std::get_if<policy::Field>(&key.node))
    return points ? cut(key, policy::Presence::Unresolved) : giveUnresolved(*field->base);
  return points && std::holds_alternative<policy::Argument>(key.node)
             ? cut(key, policy::Presence::Unresolved)
             : fail("it cannot be made unresolved here: no pointer of the kernel leads to it");
}

// A file that has another inode than its name is one of a stacked filesystem, which is no event: without an inode are both.
bool Scene::putNull(const Expr& pointer) {
  if (auto* field = std::get_if<policy::Field>(&pointer.node)) {
    simulate::Object file = object(*field->base);
    if (!file.address) return wrong_.clear(), true;  // it is behind what is lost already
    if (kernel_.layout().nameOf(file.record) == "file" && btf::textOf(field->path) == ".f_inode")
      kernel_.put({kernel_.get(file, "f_path.dentry"), kernel_.layout().record("dentry").value_or(0)}, "d_inode", 0);
  }
  return putPointer(pointer, 0);
}

std::vector<uint64_t> Scene::arguments(const std::vector<std::string>& names) {
  std::vector<uint64_t> values;
  for (const std::string& name : names) {
    auto given = arguments_.find(name);
    if (given == arguments_.end()) {
      uint64_t value = 0;
      for (const btf::HookArgument& argument : hook_.hook.arguments)
        if (argument.name == name && types_[argument.type.value].shape == btf::Shape::Pointer)
          value = plain(types_[types_[argument.type.value].target.value].name).address;
      given = arguments_.emplace(name, value).first;
    }
    values.push_back(given->second);
  }
  return values;
}

}  // namespace lsmpc::materialise
