#include "runtime/network.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <cstring>

namespace lsmpc::runtime {
namespace {

constexpr size_t kMappedBits = 96;
constexpr unsigned char kMapped[kMappedBits / 8] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

// The first `prefix` bits of an address.
Network masked(Network network) {
  for (size_t i = 0; i < network.address.size(); ++i) {
    size_t kept = std::min<size_t>(8, network.prefix - std::min(network.prefix, i * 8));
    network.address[i] &= static_cast<unsigned char>(0xff00 >> kept);
  }
  return network;
}

}  // namespace

bool Network::isV4() const { return !memcmp(address.data(), kMapped, sizeof kMapped) && prefix >= kMappedBits; }

NetworkText networkOf(const std::string& text) {
  size_t slash = text.find('/');
  std::string host = text.substr(0, slash);
  Network network;
  memcpy(network.address.data(), kMapped, sizeof kMapped);
  bool v4 = inet_pton(AF_INET, host.c_str(), network.address.data() + sizeof kMapped) == 1;
  if (!v4 && inet_pton(AF_INET6, host.c_str(), network.address.data()) != 1)
    return {std::nullopt, "it is no address such as 10.0.0.1 or fd00::1"};
  if (slash == std::string::npos) return {network, ""};
  std::string_view digits = std::string_view(text).substr(slash + 1);
  size_t before = v4 ? kMappedBits : 0, prefix = 0;
  auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), prefix);
  if (digits.empty() || error != std::errc() || end != digits.data() + digits.size() || prefix > Network::kBits - before)
    return {std::nullopt, "a network's prefix is at most " + std::to_string(Network::kBits - before)};
  network.prefix = prefix + before;
  return {masked(network), ""};
}

bool contains(const Network& network, const Network& address) {
  return network.prefix <= address.prefix && masked({address.address, network.prefix}).address == network.address;
}

std::string textOf(const Network& network) {
  bool v4 = network.isV4();
  char text[INET6_ADDRSTRLEN];
  inet_ntop(v4 ? AF_INET : AF_INET6, network.address.data() + (v4 ? sizeof kMapped : 0), text, sizeof text);
  return text + (network.isAddress() ? "" : "/" + std::to_string(network.prefix - (v4 ? kMappedBits : 0)));
}

}  // namespace lsmpc::runtime
