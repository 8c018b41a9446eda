// LIBS: lsmpc_cli
#include <gtest/gtest.h>

#include "runtime/cli/problems.h"
#include "runtime/skipped_programs.h"

using namespace lsmpc;
using runtime::KernelText;
using runtime::KernelVersion;

namespace {

constexpr const char* kDynamic = "#1 SMP PREEMPT_DYNAMIC Thu Sep 1 12:00:00 UTC 2022";

KernelText plain(const char* release) { return {release, kDynamic, "", "quiet"}; }

TEST(SkippedPrograms, TheVersionIsThatOfTheSources) {
  EXPECT_EQ(runtime::versionOf(plain("6.5.3")), (KernelVersion{6, 5, 3}));
  EXPECT_EQ(runtime::versionOf(plain("6.2.0-rc1+")), (KernelVersion{6, 2, 0}));
  EXPECT_EQ(runtime::versionOf(plain("5.15")), (KernelVersion{5, 15, 0}));
  EXPECT_EQ(runtime::versionOf({"6.1.0-50-amd64", "#1 SMP PREEMPT_DYNAMIC Debian 6.1.176-1 (2026-06-20)", "", ""}),
            (KernelVersion{6, 1, 176}));
  EXPECT_EQ(runtime::versionOf(
                {"5.15.0-91-generic", "#101-Ubuntu SMP Tue Nov 14 13:30:08 UTC 2023", "Ubuntu 5.15.0-91.101-generic 5.15.131", ""}),
            (KernelVersion{5, 15, 131}));
}

TEST(SkippedPrograms, BothEndsOfTheRange) {
  EXPECT_FALSE(runtime::skipsPrograms(plain("5.10.257")));
  EXPECT_FALSE(runtime::skipsPrograms(plain("5.11.22")));
  EXPECT_TRUE(runtime::skipsPrograms(plain("5.12.0")));
  EXPECT_TRUE(runtime::skipsPrograms(plain("5.15.300")));
  EXPECT_TRUE(runtime::skipsPrograms(plain("6.0.19")));
  EXPECT_TRUE(runtime::skipsPrograms(plain("6.1.53")));
  EXPECT_FALSE(runtime::skipsPrograms(plain("6.1.54")));
  EXPECT_FALSE(runtime::skipsPrograms(plain("6.2.0")));
  EXPECT_FALSE(runtime::skipsPrograms(plain("nonsense")));
}

TEST(SkippedPrograms, ADistributionsNumberDecidesNothing) {
  EXPECT_TRUE(runtime::skipsPrograms({"6.1.0-10-amd64", "#1 SMP PREEMPT_DYNAMIC Debian 6.1.38-2 (2023-07-27)", "", ""}));
  EXPECT_FALSE(runtime::skipsPrograms({"6.1.0-50-amd64", "#1 SMP PREEMPT_DYNAMIC Debian 6.1.176-1 (2026-06-20)", "", ""}));
}

TEST(SkippedPrograms, OnlyWhereTasksArePreempted) {
  EXPECT_FALSE(runtime::skipsPrograms({"6.1.20", "#1 SMP Thu Sep 1 12:00:00 UTC 2022", "", ""}));
  EXPECT_FALSE(runtime::skipsPrograms({"6.1.20", kDynamic, "", "root=/dev/vda preempt=none quiet"}));
  EXPECT_FALSE(runtime::skipsPrograms({"6.1.20", kDynamic, "", "preempt=voluntary"}));
  EXPECT_TRUE(runtime::skipsPrograms({"6.1.20", kDynamic, "", "preempt=full"}));
  EXPECT_TRUE(runtime::skipsPrograms({"6.1.20", "#1 SMP PREEMPT Thu Sep 1 12:00:00 UTC 2022", "", "preempt=none"}));
  EXPECT_TRUE(runtime::skipsPrograms({"6.1.20", "#1 SMP PREEMPT_RT Thu Sep 1 12:00:00 UTC 2022", "", "preempt=none"}));
}

TEST(SkippedPrograms, ALoadWarnsAndGoesOn) {
  std::vector<runtime::Problem> warnings = runtime::warningsOf(plain("6.1.53"));
  testing::internal::CaptureStderr();
  cli::warn("lsmpctl", warnings);
  EXPECT_EQ(
      testing::internal::GetCapturedStderr(),
      "lsmpctl: warning[R043]: Linux 6.1.53 skips a policy, without a word, for a task that comes on while another is preempted inside it\n"
      "  help: run Linux 6.1.54 or later, or boot with `preempt=none`; up to then somebody patient gets past every rule\n");
  EXPECT_EQ(cli::problemsJson(warnings)[0]["code"], "R043");
  EXPECT_TRUE(runtime::warningsOf(plain("6.1.54")).empty());
}

}  // namespace
