// LIBS: lsmpc_runtime
#include <gtest/gtest.h>

#include "runtime/accounts.h"

namespace lsmpc::runtime {
namespace {

constexpr std::string_view kUsers =
    "root:x:0:0:root:/root:/bin/sh\n"
    "web:x:33:33::/:/bin/sh\n"
    "\n"
    "web:x:34:33:twin:/:/bin/sh\n"
    "largest:x:4294967294:1:::\n"
    "none:x:4294967295:1:::\n"
    "larger:x:4294967296:1:::\n"
    "negative:x:-1:1:::\n"
    "empty:x::1:::\n"
    "words:x:12a:1:::\n"
    "short:x\n"
    "two words:x:7:7:::\n"
    "last:x:9:9:::";

TEST(Accounts, TheFirstLineOfTheNameCounts) {
  EXPECT_EQ(idOf(kUsers, "root"), 0u);
  EXPECT_EQ(idOf(kUsers, "web"), 33u);
  EXPECT_EQ(idOf(kUsers, "two words"), 7u);
  EXPECT_EQ(idOf(kUsers, "largest"), 4294967294u);
  EXPECT_EQ(idOf(kUsers, "last"), 9u);
}

TEST(Accounts, APartOfANameIsNone) {
  EXPECT_EQ(idOf(kUsers, "we"), std::nullopt);
  EXPECT_EQ(idOf(kUsers, "webs"), std::nullopt);
  EXPECT_EQ(idOf(kUsers, "Root"), std::nullopt);
  EXPECT_EQ(idOf("", "root"), std::nullopt);
}

TEST(Accounts, WhatIsNoIdIsNone) {
  for (const char* name : {"none", "larger", "negative", "empty", "words", "short"}) EXPECT_EQ(idOf(kUsers, name), std::nullopt) << name;
}

}  // namespace
}  // namespace lsmpc::runtime
