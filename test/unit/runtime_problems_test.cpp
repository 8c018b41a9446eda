// LIBS: lsmpc_cli
#include <gtest/gtest.h>

#include <stdexcept>

#include "runtime/cli/commands.h"
#include "runtime/message.h"

using namespace lsmpc;

namespace {

std::string told(bool json, const std::function<int()>& work, int& exit) {
  testing::internal::CaptureStderr();
  exit = cli::guarded("lsmpctl", json, work);
  return testing::internal::GetCapturedStderr();
}

TEST(Problems, WhatIsNotAFailureIsOurFault) {
  int exit = 0;
  std::string text = told(false, []() -> int { throw std::runtime_error("table is empty"); }, exit);
  EXPECT_EQ(exit, runtime::exitOf(runtime::Message::OurFault));
  EXPECT_EQ(text, "lsmpctl: error[R070]: internal fault: table is empty\n  help: please report it\n");
}

TEST(Problems, TheHostsFaultOutweighsThePolicys) {
  int exit = 0;
  std::string text = told(
      true,
      []() -> int {
        throw runtime::Failure({{runtime::Message::NoManifest, {"a.o"}, {}}, {runtime::Message::NotBpffs, {"/sys/fs/bpf"}, "said\xff"}});
      },
      exit);
  EXPECT_EQ(exit, 2);
  EXPECT_NE(text.find(R"("exit":2,"problems":[{"code":"R012")"), std::string::npos) << text;
  EXPECT_NE(text.find(R"({"code":"R006")"), std::string::npos) << text;
}

}  // namespace
