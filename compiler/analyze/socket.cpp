// What an address, a port and a family have to do with each other: they are of one socket, or of one address in the caller's memory.
#include "compiler/analyze/event.h"

namespace lsmpc::analyze {
namespace {

using policy::Builtin;

constexpr policy::Int kInet = 2, kInet6 = 10;  // AF_INET, AF_INET6 (UAPI linux/socket.h)
constexpr std::string_view kFamily = ".__sk_common.skc_family";
constexpr size_t kMappedBits = 96;  // ::ffff:0:0/96

// Which word of a socket or of an address a builtin reads.
struct Part {
  Builtin builtin;
  std::string_view of;
  bool is_name, is_unix, is_address;
};
constexpr Part kParts[] = {
    {Builtin::SocketAddress, "name", true, false, true}, {Builtin::SocketPort, "name", true, false, false},
    {Builtin::UnixPath, "unix", true, true, false},      {Builtin::LocalAddress, "local", false, false, true},
    {Builtin::LocalPort, "local", false, false, false},  {Builtin::PeerAddress, "peer", false, false, true},
    {Builtin::PeerPort, "peer", false, false, false},    {Builtin::UnixName, "bound", false, true, false},
};

const Part* partOf(Builtin builtin) {
  for (const Part& part : kParts)
    if (part.builtin == builtin) return &part;
  return nullptr;
}

Lit isMapped(Formula& formula, const std::vector<Lit>& address) {
  std::vector<Lit> bits;
  for (size_t i = 0; i < kMappedBits; ++i) bits.push_back(i < 80 ? -address[i] : address[i]);
  return formula.all(bits);
}

}  // namespace

std::string Event::socketKey(const policy::BuiltinCall& call, const policy::HookPolicy& hook) const {
  const Part* part = partOf(call.builtin);
  return part ? std::string(part->of) + " " + keyOf(*call.arguments[0], hook) : "";
}

Lit Event::socketAbsent(const policy::BuiltinCall& call, const policy::HookPolicy& hook, const std::string& key) {
  const Part* part = partOf(call.builtin);
  if (!part) return kFalse;
  Socket fresh{0, keyOf(*call.arguments[0], hook), part->is_name, part->is_unix, ""};
  auto [known, added] = sockets_.emplace(socketKey(call, hook), fresh);
  if (added) known->second.absent = formula_.fresh();
  if (part->is_address) known->second.address = key;
  return known->second.absent;
}

void Event::defineSockets() {
  for (const auto& [name, socket] : sockets_) {
    for (const auto& [other_name, other] : sockets_)  // one address is of one family
      if (socket.is_name && other.is_name && socket.object == other.object && socket.is_unix && !other.is_unix)
        formula_.require({socket.absent, other.absent});
    auto family = values_.find(socket.object + std::string(kFamily));
    if (socket.is_name || socket.is_unix || family == values_.end()) continue;
    const Word& word = family->second.number;
    Lit inet = equal(formula_, word, constantWord(kInet)), inet6 = equal(formula_, word, constantWord(kInet6));
    Lit known = formula_.either(inet, inet6);
    formula_.require({socket.absent, known});
    if (name.starts_with("local")) formula_.require({-socket.absent, -known});
    if (!socket.address.empty()) formula_.require({socket.absent, -inet, isMapped(formula_, values_.at(socket.address).address)});
  }
}

}  // namespace lsmpc::analyze
