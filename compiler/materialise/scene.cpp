#include "compiler/materialise/scene.h"

namespace lsmpc::materialise {

using policy::Expr;

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

// A pointer on the way to it leads to where nothing is.
bool Scene::giveUnresolved(const Expr& key) {
  constexpr simulate::Address kNowhere = 0xffffdead00000000;
  wrong_.clear();
  if (auto* attribute = std::get_if<policy::AttributeRef>(&key.node)) return giveUnresolved(*hook_.attributes[attribute->index].value);
  if (auto* bits = std::get_if<policy::Bits>(&key.node)) return giveUnresolved(*bits->left);
  if (auto* call = std::get_if<policy::BuiltinCall>(&key.node))
    return call->arguments.empty() ? fail("it cannot be made unresolved here") : giveUnresolved(*call->arguments[0]);
  if (auto* field = std::get_if<policy::Field>(&key.node)) {
    if (key.type.kind == policy::TypeKind::Pointer) return putPointer(key, kNowhere);
    return giveUnresolved(*field->base);
  }
  return fail("it cannot be made unresolved here: no pointer of the kernel leads to it");
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
