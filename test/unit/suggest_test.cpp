// LIBS: lsmpc_runtime_match
#include "runtime/match/suggest.h"

#include <gtest/gtest.h>

namespace lsmpc::match {
namespace {

TEST(Suggest, FindsTheNearest) {
  EXPECT_EQ(nearest("file_opne", {"file_lock", "file_open", "bpf"}), "file_open");
  EXPECT_EQ(nearest("EPREM", {"EACCES", "EPERM"}), "EPERM");
}

TEST(Suggest, IsSilentWhenNothingIsNear) {
  EXPECT_EQ(nearest("zzzzzz", {"file_open", "bpf"}), std::nullopt);
  EXPECT_EQ(nearest("x", {}), std::nullopt);
}

TEST(Suggest, OfEquallyNearTakesTheFirst) { EXPECT_EQ(nearest("aab", {"aac", "aad"}), "aac"); }

}  // namespace
}  // namespace lsmpc::match
