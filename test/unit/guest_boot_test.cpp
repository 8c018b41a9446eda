// LIBS: lsmpc_guest
// Boots Linux 6.1, the system's own suite, fetched when it is not in the cache: kernel tests stand on this.
#include <gtest/gtest.h>

#include "runtime/guest/boot.h"
#include "runtime/guest/kernels.h"

namespace lsmpc::guest {
namespace {

class Boot : public testing::Test {
 protected:
  void SetUp() override {
    if (!resolveKernel("6.1")) {
      ASSERT_EQ(fetchKernel("6.1"), "");
    }
    auto kernel = resolveKernel("6.1");
    ASSERT_TRUE(kernel);
    guest_.kernel = kernel->image;
  }
  Guest guest_;
};

TEST_F(Boot, GivesOutputEventsAndStatusOfTheScript) {
  guest_.script = "cat /sys/kernel/security/lsm; echo; uname -r; id -u; printf 'a\\0b' > /dev/events; cat /no/such; exit 3\n";
  GuestResult result = boot(guest_);
  ASSERT_TRUE(result.finished) << result.problem;
  EXPECT_EQ(result.status, 3);
  EXPECT_EQ(result.events, std::string("a\0b", 3));
  EXPECT_NE(result.output.find(",bpf"), std::string::npos) << result.output;
  EXPECT_NE(result.output.find("\n6.1."), std::string::npos) << result.output;
  EXPECT_NE(result.output.find("\n0\n"), std::string::npos) << result.output;
  EXPECT_NE(result.output.find("No such file or directory"), std::string::npos) << result.output;
}

TEST_F(Boot, AGuestThatDiesSaysSo) {
  guest_.script = "echo before; echo b > /proc/sysrq-trigger; sleep 60\n";
  GuestResult result = boot(guest_);
  EXPECT_FALSE(result.finished);
  EXPECT_NE(result.problem.find("the guest ended early"), std::string::npos) << result.problem;
}

TEST(BootProblem, AMissingImageIsNamed) {
  Guest guest;
  guest.kernel = "/no/such/image";
  EXPECT_NE(boot(guest).problem.find("/no/such/image"), std::string::npos);
}

TEST(Kernels, NamesThatAreNone) {
  EXPECT_NE(addKernel("../x", "/etc/passwd"), "");
  EXPECT_NE(addKernel("x", "/no/such/image"), "");
  EXPECT_NE(fetchKernel("0.1"), "");
  EXPECT_FALSE(resolveKernel("no-such-kernel"));
}

}  // namespace
}  // namespace lsmpc::guest
