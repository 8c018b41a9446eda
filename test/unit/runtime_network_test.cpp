// LIBS: lsmpc_runtime
#include <gtest/gtest.h>

#include <random>

#include "runtime/network.h"

using namespace lsmpc::runtime;

namespace {

std::string again(const std::string& text) {
  auto [network, fault] = networkOf(text);
  return network ? textOf(*network) : fault;
}

bool bitOf(const Network& network, size_t bit) { return network.address[bit / 8] >> (7 - bit % 8) & 1; }

TEST(Network, TextThereAndBack) {
  for (const char* text : {"10.0.0.1", "0.0.0.0/0", "203.0.113.0/24", "fd00::/8", "::", "::/0", "::1"}) EXPECT_EQ(again(text), text);
  EXPECT_EQ(again("10.1.2.3/8"), "10.0.0.0/8");  // what is behind the prefix does not count
  EXPECT_EQ(again("::ffff:10.0.0.1"), "10.0.0.1");
  EXPECT_EQ(again("10.0.0.1/32"), "10.0.0.1");
}

TEST(Network, WhatIsNone) {
  for (const char* text : {"", "10.0.0", "10.0.0.256", "fd00:", "web"})
    EXPECT_EQ(again(text), "it is no address such as 10.0.0.1 or fd00::1");
  for (const char* text : {"10.0.0.0/33", "10.0.0.0/", "10.0.0.0/x", "10.0.0.0/-1"})
    EXPECT_EQ(again(text), "a network's prefix is at most 32");
  EXPECT_EQ(again("::/129"), "a network's prefix is at most 128");
}

// Bit by bit, of addresses that differ late.
TEST(Network, ContainsWhatSharesThePrefix) {
  std::mt19937 random(7);
  size_t inside = 0;
  for (int i = 0; i < 20'000; ++i) {
    Network whole, address;
    for (unsigned char& byte : whole.address) byte = static_cast<unsigned char>(random());
    address = whole;
    size_t flipped = random() % Network::kBits;
    if (random() % 4) address.address[flipped / 8] ^= static_cast<unsigned char>(0x80 >> flipped % 8);
    size_t prefix = random() % (Network::kBits + 1);
    Network network = *networkOf(textOf(whole)).network;
    network.prefix = prefix;
    for (size_t bit = prefix; bit < Network::kBits; ++bit) network.address[bit / 8] &= static_cast<unsigned char>(~(0x80 >> bit % 8));
    bool same = true;
    for (size_t bit = 0; bit < prefix; ++bit) same &= bitOf(whole, bit) == bitOf(address, bit);
    EXPECT_EQ(contains(network, address), same) << textOf(whole) << " " << prefix << " " << flipped;
    inside += same;
  }
  EXPECT_GT(inside, 5'000u);
}

}  // namespace
