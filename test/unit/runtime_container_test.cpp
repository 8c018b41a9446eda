// LIBS: lsmpc_runtime
#include <gtest/gtest.h>

#include "runtime/container.h"

using namespace lsmpc::runtime;

namespace {

const std::string kId(64, 'a'), kOther = std::string(60, '0') + "beef";

TEST(Container, AsEnginesNameCgroups) {
  for (std::string path : {"/sys/fs/cgroup/system.slice/docker-" + kId + ".scope", "/sys/fs/cgroup/docker/" + kId,
                           "/sys/fs/cgroup/kubepods.slice/kubepods-pod1.slice/cri-containerd-" + kId + ".scope",
                           "/machine.slice/libpod-" + kId + ".scope/container", "/kubepods/pod1/" + kId + "/"})
    EXPECT_EQ(containerIn(path), kId) << path;
}

TEST(Container, TheInnermost) { EXPECT_EQ(containerIn("/docker/" + kOther + "/docker/" + kId + "/init.scope"), kId); }

TEST(Container, WhatIsNone) {
  for (std::string path : {std::string(), std::string("/sys/fs/cgroup/user.slice"), "/docker/" + kId + "a", "/docker/x" + kId,
                           "/docker/" + kId.substr(1), "/docker/A" + kId.substr(1)})
    EXPECT_EQ(containerIn(path), "") << path;
}

TEST(Container, ACgroupThatIsNot) {
  Containers containers;
  EXPECT_EQ(containers.of(~uint64_t{0}), "");
}

}  // namespace
