// LIBS: lsmpc_guest
#include <gtest/gtest.h>

#include "runtime/guest/cpio.h"
#include "runtime/guest/process.h"

namespace lsmpc::guest {
namespace {

TEST(Cpio, EntriesAreAlignedAndEndWithTheTrailer) {
  Cpio cpio;
  cpio.addFile("/a/b/c", 0644, "hello");
  cpio.addFile("/a/b/d", 0755, "");
  std::string archive = cpio.finish();
  EXPECT_EQ(archive.size() % 4, 0u);
  EXPECT_NE(archive.find("TRAILER!!!"), std::string::npos);
  EXPECT_EQ(archive.rfind("070701", 0), 0u);
  // Each folder on the way once: a, a/b, a/b/c, a/b/d, trailer.
  size_t entries = 0;
  for (size_t at = archive.find("070701"); at != std::string::npos; at = archive.find("070701", at + 1)) ++entries;
  EXPECT_EQ(entries, 5u);
}

TEST(Process, GivesOutputAndStatus) {
  ProcessResult result = runProcess({"sh", "-c", "echo out; echo err >&2; exit 7"}, 10);
  EXPECT_EQ(result.output, "out\nerr\n");
  EXPECT_EQ(result.status, 7);
  EXPECT_FALSE(result.timed_out);
}

TEST(Process, IsKilledAfterItsTime) {
  ProcessResult result = runProcess({"sleep", "30"}, 1);
  EXPECT_TRUE(result.timed_out);
  EXPECT_EQ(result.status, 128 + 9);
}

TEST(Process, AProgramThatIsNotThere) {
  EXPECT_EQ(runProcess({"no-such-program-here"}, 5).status, -1);
  EXPECT_FALSE(inPath("no-such-program-here"));
  EXPECT_TRUE(inPath("sh"));
}

}  // namespace
}  // namespace lsmpc::guest
