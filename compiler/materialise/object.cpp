#include "compiler/materialise/exec.h"
#include "compiler/materialise/scene.h"

namespace lsmpc::materialise {
namespace {

using policy::Expr;

constexpr size_t kBufferBytes = 128;  // struct sockaddr_storage
constexpr uint32_t kPlainPid = 900;

}  // namespace

uint32_t Scene::recordOf(const Expr& place) const { return kernel_.layout().record(types_[place.type.btf.value].name).value_or(0); }

// Bytes behind a record: of an address the caller's buffer; of a socket what its family has, unix sockets among them.
size_t Scene::moreOf(std::string_view record) const {
  if (record == "sockaddr") return kBufferBytes;
  auto whole = record == "sock" ? kernel_.layout().record("unix_sock") : std::nullopt;
  return whole ? kernel_.layout().sizeOf(*whole) : 0;
}

simulate::Object Scene::copyOf(const simulate::Object& one) {
  simulate::Object copy = kernel_.make(one.record);
  std::vector<uint8_t> bytes(kernel_.layout().sizeOf(one.record));
  if (bytes.empty()) return copy;  // of a text, say
  kernel_.memory().read(one.address, bytes.data(), bytes.size());
  kernel_.memory().write(copy.address, bytes.data(), bytes.size());
  return copy;
}

// An object of its kind as a plain host has them. No two are one: what is said of an old name or of new credentials is not said of the other.
simulate::Object Scene::plain(std::string_view record) {
  simulate::Files& files = host_.tasks().files();
  auto place = [&] { return files.at(kPlainProgram + (plains_++ ? std::to_string(plains_) : "")); };
  if (record == "file") return files.open(place());
  if (record == "dentry") return place().dentry;
  if (record == "inode") return files.inodeOf(place().dentry);
  if (record == "task_struct") return host_.tasks().fork(host_.tasks().first(), kPlainPid).task;
  if (record == "cred") return copyOf(actor_.cred);
  if (record == "linux_binprm") return requestOf(host_, kPlainProgram, kPlainProgram);
  simulate::Object made = kernel_.make(record, moreOf(record));
  if (record == "path") files.put(made, place());
  if (made.record) return made;
  return {kernel_.memory().add(simulate::Place::Kernel, kBufferBytes), 0};
}

simulate::Object Scene::lost() {
  fail("what leads to it is said to be NULL, absent or unresolved");
  return {};
}

simulate::Object Scene::objectAt(const policy::Field& field) {
  simulate::Object base = object(*field.base);
  auto member = kernel_.layout().member(base.record, btf::textOf(field.path));
  if (!member) return {};
  simulate::Object at{base.address + member->offset(), member->type};
  if (!kernel_.layout().isPointer(member->type)) return at;
  uint32_t record = kernel_.layout().recordOf(member->type);
  simulate::Address address = kernel_.get(base, *member);
  if (address) return {address, record};
  if (!base.address || nowhere_.contains(at.address)) return lost();
  simulate::Object made = plain(kernel_.layout().nameOf(record));
  kernel_.put(base, *member, made.address);
  return made;
}

simulate::Object Scene::object(const Expr& place) {
  if (auto* field = std::get_if<policy::Field>(&place.node)) return objectAt(*field);
  if (auto* attribute = std::get_if<policy::AttributeRef>(&place.node)) return object(*hook_.attributes[attribute->index].value);
  if (auto* argument = std::get_if<policy::Argument>(&place.node)) {
    if (no_arguments_.contains(argument->name)) return lost();
    uint64_t& value = arguments_[argument->name];
    if (!value) value = plain(types_[place.type.btf.value].name).address;
    return {value, recordOf(place)};
  }
  auto* call = std::get_if<policy::BuiltinCall>(&place.node);
  if (!call) return {};
  switch (call->builtin) {
    case policy::Builtin::Current: return actor_.task;
    case policy::Builtin::Given: return object(*call->arguments[0]);
    case policy::Builtin::Cast: return {object(*call->arguments[0]).address, recordOf(place)};
    case policy::Builtin::RootSuperblock:
      return {kernel_.get(host_.tasks().files().root().dentry, "d_sb"), kernel_.layout().record("super_block").value_or(0)};
    case policy::Builtin::PidNamespace: {
      std::string number = "numbers[" + std::to_string(this->number(*call->arguments[1])) + "].ns";
      simulate::Object pid{kernel_.get(object(*call->arguments[0]), "thread_pid"), kernel_.layout().record("pid").value_or(0)};
      return {kernel_.get(pid, number), recordOf(place)};
    }
    default: return {};
  }
}

bool Scene::putPointer(const Expr& place, simulate::Address address) {
  if (auto* argument = std::get_if<policy::Argument>(&place.node)) {
    if (!address) no_arguments_.insert(argument->name);
    return arguments_[argument->name] = address, true;
  }
  if (auto* attribute = std::get_if<policy::AttributeRef>(&place.node))
    return putPointer(*hook_.attributes[attribute->index].value, address);
  if (auto* field = std::get_if<policy::Field>(&place.node)) {
    simulate::Object base = object(*field->base);
    if (!address) nowhere_.insert(kernel_.addressOf(base, btf::textOf(field->path)));
    return kernel_.put(base, btf::textOf(field->path), address) || fail("this kernel has no `" + btf::textOf(field->path) + "` there");
  }
  auto* call = std::get_if<policy::BuiltinCall>(&place.node);
  if (call && (call->builtin == policy::Builtin::Given || call->builtin == policy::Builtin::Cast))
    return putPointer(*call->arguments[0], address);
  return fail("this pointer cannot be given");
}

}  // namespace lsmpc::materialise
