// LIBS: lsmpc_runtime
#include <gtest/gtest.h>

#include "runtime/moment.h"

using namespace lsmpc::runtime;

TEST(Moment, Rfc3339) {
  EXPECT_EQ(momentOf("1970-01-01T00:00:00Z"), 0);
  EXPECT_EQ(momentOf("2026-01-31T10:20:30.123456789Z"), 1769854830123456789);
  EXPECT_EQ(momentOf("2026-01-31t10:20:30z"), 1769854830000000000);
  EXPECT_EQ(momentOf("2026-01-31 12:20:30.5+02:00"), 1769854830500000000);
  EXPECT_EQ(momentOf("2026-01-31T04:50:30-05:30"), 1769854830000000000);
  EXPECT_EQ(momentOf("2016-12-31T23:59:60Z"), momentOf("2017-01-01T00:00:00Z"));
  EXPECT_EQ(momentOf("2024-02-29T00:00:00Z"), 1709164800000000000);
}

TEST(Moment, WhatIsNone) {
  for (const char* text :
       {"", "Z", "yesterday", "2026-01-31", "2026-01-31T10:20:30", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-00-10T00:00:00Z",
        "2026-01-31T24:00:00Z", "2026-01-31T10:20:30.Z", "2026-01-31T10:20:30+2:00", "2026-01-31T10:20:30+24:00", "2026-01-31T10:20:30Zx",
        "1969-12-31T23:59:59Z", "9999-01-01T00:00:00Z", "+026-01-31T10:20:30Z", "2026-01-31x10:20:30Z"})
    EXPECT_FALSE(momentOf(text)) << text;
}

TEST(Moment, Ago) {
  constexpr int64_t kNow = 1769854830123456789, kSecond = 1000000000;
  EXPECT_EQ(momentOf("0s", kNow), kNow);
  EXPECT_EQ(momentOf("90s", kNow), kNow - 90 * kSecond);
  EXPECT_EQ(momentOf("10m", kNow), kNow - 600 * kSecond);
  EXPECT_EQ(momentOf("2h", kNow), kNow - 7200 * kSecond);
  EXPECT_EQ(momentOf("1d", kNow), kNow - 86400 * kSecond);
  EXPECT_EQ(momentOf("2026-01-31T10:20:30Z", kNow), 1769854830 * kSecond);
  for (const char* text : {"", "m", "-5m", "5", "5w", "1.5h", "99999999999d", "99999999999999999999s", " 5m"})
    EXPECT_FALSE(momentOf(text, kNow)) << text;
}
