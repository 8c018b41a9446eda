#include "compiler/materialise/scene.h"

namespace lsmpc::materialise {
namespace {

using policy::Builtin;

constexpr uint16_t kUnix = 1, kInet = 2, kInet6 = 10;     // AF_*
constexpr uint64_t kInetBytes = 16, kInet6Bytes = 28;     // struct sockaddr_in, sockaddr_in6
constexpr uint64_t kEstablished = 1;                      // TCP_ESTABLISHED
constexpr size_t kPortAt = 2, kInetAt = 4, kInet6At = 8;  // in both
constexpr size_t kUnixNameBytes = 108;                    // UNIX_PATH_MAX

// IPv4 stands behind twelve bytes.
const uint8_t* v4Of(const ast::Address& address) { return address.bytes.data() + 12; }

bool isV4(const ast::Address& address) {
  constexpr uint8_t kMapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  return address.v4 || !memcmp(address.bytes.data(), kMapped, sizeof kMapped);
}

}  // namespace

bool Scene::putAddress(const policy::Expr& place, const ast::Address& address) {
  if (auto* attribute = std::get_if<policy::AttributeRef>(&place.node))
    return putAddress(*hook_.attributes[attribute->index].value, address);
  auto* call = std::get_if<policy::BuiltinCall>(&place.node);
  if (!call) return fail("this address cannot be given: say what it is made of, by raw fields");
  switch (call->builtin) {
    case Builtin::SocketAddress: return putSocketName(*call, &address, nullptr);
    case Builtin::LocalAddress:
    case Builtin::PeerAddress: return putSocketEnd(*call, &address, nullptr);
    default: return fail("this address cannot be given: say what it is made of, by raw fields");
  }
}

bool Scene::claim(simulate::Address address, Family family, bool present) {
  if (present && isOther(address, family)) return fail("an address is of one family: of IP, or a name of a unix socket");
  bool agrees = claims_.emplace(std::pair(address, family), present).first->second == present;
  return agrees || fail("an address that is absent has neither a number nor a port nor a name");
}

bool Scene::isOther(simulate::Address address, Family family) const {
  auto other = claims_.find({address, family == Family::Ip ? Family::Unix : Family::Ip});
  return other != claims_.end() && other->second;
}

// One of the other family has none of this; else there is none at all.
bool Scene::putNoName(const policy::BuiltinCall& call, Family family) {
  simulate::Address name = object(*call.arguments[0]).address;
  return claim(name, family, false) && (isOther(name, family) || putNumber(*call.arguments[1], 0));
}

bool Scene::putNoEnd(const policy::BuiltinCall& call, Family family) {
  constexpr uint64_t kNetlink = 16;  // AF_NETLINK: neither of IP nor of files
  simulate::Object sock = object(*call.arguments[0]);
  return claim(sock.address, family, false) &&
         (isOther(sock.address, family) || kernel_.put(sock, "__sk_common.skc_family", kNetlink) || fail("this kernel has no such socket"));
}

// A sockaddr: what is not said of it stays. A port alone is one of IPv4.
bool Scene::putSocketName(const policy::BuiltinCall& call, const ast::Address* address, const uint64_t* port) {
  simulate::Memory& memory = kernel_.memory();
  simulate::Address name = object(*call.arguments[0]).address;
  if (!claim(name, Family::Ip, true)) return false;
  uint16_t family = 0;
  memory.read(name, &family, sizeof family);
  if (address) family = isV4(*address) ? kInet : kInet6;
  if (family != kInet6) family = kInet;
  bool written = memory.write(name, &family, sizeof family);
  uint16_t swapped = port ? __builtin_bswap16(static_cast<uint16_t>(*port)) : 0;
  if (port) written = written && memory.write(name + kPortAt, &swapped, sizeof swapped);
  if (address && family == kInet) written = written && memory.write(name + kInetAt, v4Of(*address), 4);
  if (address && family == kInet6) written = written && memory.write(name + kInet6At, address->bytes.data(), address->bytes.size());
  if (!written) return fail("there is no address here");
  return putNumber(*call.arguments[1], family == kInet ? kInetBytes : kInet6Bytes);
}

bool Scene::putSocketEnd(const policy::BuiltinCall& call, const ast::Address* address, const uint64_t* port) {
  bool local = call.builtin == Builtin::LocalAddress || call.builtin == Builtin::LocalPort;
  simulate::Object sock = object(*call.arguments[0]);
  if (!sock.record) return fail("there is no socket here");
  if (!claim(sock.address, Family::Ip, true)) return false;
  uint64_t family = kernel_.get(sock, "__sk_common.skc_family");
  if (address && isV4(*address)) family = kInet;
  if (address && !isV4(*address)) family = kInet6;
  if (family != kInet6) family = kInet;
  kernel_.put(sock, "__sk_common.skc_family", family);
  if (!local) kernel_.put(sock, "__sk_common.skc_state", kEstablished);
  if (port && local) kernel_.put(sock, "__sk_common.skc_num", *port);
  if (port && !local) kernel_.put(sock, "__sk_common.skc_dport", __builtin_bswap16(static_cast<uint16_t>(*port)));
  if (!address) return true;
  bool v4 = family == kInet;
  const char* member = v4 ? (local ? "__sk_common.skc_rcv_saddr" : "__sk_common.skc_daddr")
                          : (local ? "__sk_common.skc_v6_rcv_saddr" : "__sk_common.skc_v6_daddr");
  const uint8_t* bytes = v4 ? v4Of(*address) : address->bytes.data();
  return kernel_.memory().write(kernel_.addressOf(sock, member), bytes, v4 ? 4 : 16) || fail("this kernel has no such address");
}

// `@` stands for the NUL of an abstract name, `./` before a relative name that begins with `@` for nothing.
bool Scene::putUnixName(const policy::BuiltinCall& call, const std::string& text) {
  std::string bytes = text.starts_with("./@") ? text.substr(2) : text;
  if (text.starts_with("@")) bytes[0] = '\0';
  if (bytes.empty() || bytes.size() > kUnixNameBytes) return fail("a name of 1 to " + std::to_string(kUnixNameBytes) + " bytes is meant");
  std::string name(reinterpret_cast<const char*>(&kUnix), sizeof kUnix);
  name += bytes;
  if (call.builtin == Builtin::UnixPath) {
    simulate::Address at = object(*call.arguments[0]).address;
    if (!claim(at, Family::Unix, true)) return false;
    return kernel_.memory().write(at, name.data(), name.size()) && putNumber(*call.arguments[1], name.size());
  }
  simulate::Object sock = object(*call.arguments[0]), address = kernel_.make("unix_address", name.size() + 1);
  if (!claim(sock.address, Family::Unix, true)) return false;
  kernel_.put(sock, "__sk_common.skc_family", kUnix);
  kernel_.put(address, "len", name.size() + (text.starts_with("@") ? 0 : 1));  // the kernel counts the NUL behind a path
  kernel_.memory().write(kernel_.addressOf(address, "name"), name.data(), name.size());
  simulate::Object whole{sock.address, kernel_.layout().record("unix_sock").value_or(0)};
  return kernel_.put(whole, "addr", address.address) || fail("this kernel has no unix sockets");
}

}  // namespace lsmpc::materialise
