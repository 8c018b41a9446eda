// LIBS: lsmpc_constants
#include "stdlib/constants/constants.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>

#include <cerrno>
#include <csignal>
#include <set>

namespace lsmpc::constants {
namespace {

int64_t valueOf(std::string_view name) {
  const Constant* constant = find(name);
  EXPECT_NE(constant, nullptr) << name;
  return constant ? constant->value : -1;
}

TEST(Constants, EqualTheHeadersOfThisMachine) {
  EXPECT_EQ(valueOf("EPERM"), EPERM);
  EXPECT_EQ(valueOf("EACCES"), EACCES);
  EXPECT_EQ(valueOf("O_APPEND"), O_APPEND);
  EXPECT_EQ(valueOf("AF_INET6"), AF_INET6);
  EXPECT_EQ(valueOf("SIGKILL"), SIGKILL);
  EXPECT_EQ(valueOf("CAP_BPF"), 39);
  EXPECT_EQ(valueOf("S_ISUID"), 04000);
  EXPECT_EQ(valueOf("RENAME_EXCHANGE"), 2);
}

TEST(Constants, EveryErrnoIsOneThatAPolicyMayName) {
  for (const Constant& constant : all())
    if (constant.group == "errno") {
      EXPECT_GE(constant.value, 1) << constant.name;
      EXPECT_LE(constant.value, 133) << constant.name;
    }
}

TEST(Constants, NamesAreUniqueAndEachGroupHasSome) {
  std::set<std::string_view> names, groups;
  for (const Constant& constant : all()) {
    EXPECT_TRUE(names.insert(constant.name).second) << constant.name;
    groups.insert(constant.group);
  }
  for (const char* group : {"errno", "cap", "family", "sock_type", "ipproto", "open", "mode", "signal", "prot"})
    EXPECT_TRUE(groups.count(group)) << group;
}

TEST(Constants, UnknownNamesAreNotFound) { EXPECT_EQ(find("ENOSUCHTHING"), nullptr); }

}  // namespace
}  // namespace lsmpc::constants
