#include "compiler/materialise/scene.h"

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
    case policy::Builtin::Given: return putPointer(*call->arguments[0], 0);
    case policy::Builtin::SocketAddress:
    case policy::Builtin::SocketPort:
    case policy::Builtin::UnixPath: return claim(object(*call->arguments[0]).address, false) && putNumber(*call->arguments[1], 0);
    case policy::Builtin::LocalAddress:
    case policy::Builtin::LocalPort:
    case policy::Builtin::PeerAddress:
    case policy::Builtin::PeerPort:
    case policy::Builtin::UnixName: {
      if (!claim(object(*call->arguments[0]).address, false)) return false;
      constexpr uint64_t kNetlink = 16;  // AF_NETLINK: neither of IP nor of files
      return kernel_.put(object(*call->arguments[0]), "__sk_common.skc_family", kNetlink) || fail("this kernel has no such socket");
    }
    default: return call->arguments.empty() ? fail("it cannot be absent here") : giveAbsent(*call->arguments[0]);
  }
}

bool Scene::claim(simulate::Address address, bool present) {
  bool agrees = claims_.emplace(address, present).first->second == present;
  return agrees || fail("an address that is absent has neither a number nor a port nor a name");
}

// A path is on a mount that no namespace has; of anything else a pointer on the way to it is NULL, which programs look for at each hop. (A load
// through a pointer that faults gives 0 where the verifier knows the pointer's type, and nobody can tell.)
bool Scene::giveUnresolved(const Expr& key) {
  constexpr const char *kFolder = "/detached", *kFile = "/detached/file";
  wrong_.clear();
  if (auto* attribute = std::get_if<policy::AttributeRef>(&key.node)) return giveUnresolved(*hook_.attributes[attribute->index].value);
  if (auto* bits = std::get_if<policy::Bits>(&key.node)) return giveUnresolved(*bits->left);
  if (auto* logic = std::get_if<policy::Logic>(&key.node)) return giveUnresolved(*logic->left);
  if (auto* negation = std::get_if<policy::Not>(&key.node)) return giveUnresolved(*negation->operand);
  if (auto* comparison = std::get_if<policy::Compare>(&key.node)) return giveUnresolved(*comparison->left);
  if (auto* call = std::get_if<policy::BuiltinCall>(&key.node)) {
    if (key.type.kind == policy::TypeKind::Path && isWalked(call->builtin)) {
      for (const char* path : {kFolder, kFile}) host_.tasks().files().detach(path);
      return putText(key, kFile);
    }
    if (call->arguments.empty()) return fail("it cannot be made unresolved here");
    auto* field = std::get_if<policy::Field>(&call->arguments[0]->node);
    bool given = call->builtin == policy::Builtin::Given;  // NULL is absent
    return given && !field ? fail("it cannot be made unresolved here") : giveUnresolved(given ? *field->base : *call->arguments[0]);
  }
  bool points = key.type.kind == policy::TypeKind::Pointer;
  if (auto* field = std::get_if<policy::Field>(&key.node)) return points ? putNull(*field, key) : giveUnresolved(*field->base);
  return points && std::holds_alternative<policy::Argument>(key.node)
             ? putPointer(key, 0)
             : fail("it cannot be made unresolved here: no pointer of the kernel leads to it");
}

// A file that has another inode than its name is one of a stacked filesystem, which is no event: without an inode are both.
bool Scene::putNull(const policy::Field& field, const Expr& key) {
  simulate::Object file = object(*field.base);
  if (!file.address) return wrong_.clear(), true;  // it is behind what is lost already
  if (kernel_.layout().nameOf(file.record) == "file" && btf::textOf(field.path) == ".f_inode")
    kernel_.put({kernel_.get(file, "f_path.dentry"), kernel_.layout().record("dentry").value_or(0)}, "d_inode", 0);
  return putPointer(key, 0);
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
