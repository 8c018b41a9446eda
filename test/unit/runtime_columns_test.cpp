// LIBS: lsmpc_runtime
#include <gtest/gtest.h>

#include "runtime/columns.h"

using lsmpc::runtime::firstColumns;

TEST(FirstColumns, ALineThatFitsIsWhole) {
  EXPECT_EQ(firstColumns("policy", 6), "policy");
  EXPECT_EQ(firstColumns("policy", 5), "polic");
  EXPECT_EQ(firstColumns("", 5), "");
  EXPECT_EQ(firstColumns("policy", 0), "");
}

TEST(FirstColumns, NoCharacterIsTorn) {
  EXPECT_EQ(firstColumns("aäb", 4), "aäb");
  EXPECT_EQ(firstColumns("aäb", 3), "aä");
  EXPECT_EQ(firstColumns("aäb", 2), "a");  // it may be two wide
  EXPECT_EQ(firstColumns("日本", 3), "日");
}

TEST(FirstColumns, WhatIsNoCharacterMovesNoCursor) {
  EXPECT_EQ(firstColumns("a\x1b[Jb", 9), "a?[Jb");
  EXPECT_EQ(firstColumns("a\xc3", 9), "a?");
  EXPECT_EQ(firstColumns("\xff\x7f", 9), "??");
}
