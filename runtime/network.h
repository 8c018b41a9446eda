// Addresses and networks in words, as the policy language writes them: 10.0.0.1, fd00::/8.
#pragma once

#include <array>
#include <optional>
#include <string>

namespace lsmpc::runtime {

// IPv4 stands as mapped IPv6, so that both compare; `prefix` counts bits of the whole address.
struct Network {
  static constexpr size_t kBits = 128;

  std::array<unsigned char, kBits / 8> address{};  // what is behind the prefix is 0
  size_t prefix = kBits;

  bool isAddress() const { return prefix == kBits; }
  bool isV4() const;
};

struct NetworkText {
  std::optional<Network> network;
  std::string fault;  // what is wrong with the text where it is none
};

NetworkText networkOf(const std::string& text);
bool contains(const Network& network, const Network& address);
std::string textOf(const Network& network);

}  // namespace lsmpc::runtime
