// LIBS: lsmpc_runtime
#include <gtest/gtest.h>

#include <cerrno>

#include "runtime/refusal.h"

using namespace lsmpc::runtime;

namespace {

PolicyObject policy() {
  PolicyObject object;
  object.path = "a.bpf.o";
  return object;
}

constexpr const char* kRefused =
    "libbpf: prog 'lsmp_file_open': BPF program load failed: Invalid argument\n-- BEGIN PROG LOAD LOG --\nR1 !read_ok\n-- END PROG LOAD "
    "LOG --\n";

TEST(Refusal, TheVerifiers) { EXPECT_EQ(loadProblem(policy(), -EINVAL, kRefused).message, Message::VerifierRefused); }

TEST(Refusal, OfMapsByTheHost) {
  EXPECT_EQ(loadProblem(policy(), -ENOMEM, "libbpf: map 'lsmp_events': failed to create: -12\n").message, Message::HostRefuses);
}

// The object then lacks a map, which the verifier finds first.
TEST(Refusal, OfAQuestionByTheHost) {
  std::string log = std::string(
                        "libbpf: Error in probe_kern_global_data():Cannot allocate memory(12). Couldn't create simple array map.\n"
                        "libbpf: Detection of kernel global variables support failed: -12\n") +
                    kRefused;
  Problem problem = loadProblem(policy(), -EINVAL, log);
  EXPECT_EQ(problem.message, Message::HostRefuses);
  ASSERT_EQ(problem.arguments.size(), 3u);
  EXPECT_EQ(problem.arguments[2], errorText(ENOMEM));
}

TEST(Refusal, OfAnObjectThatLacksItsVariables) {
  std::string log =
      "-- BEGIN PROG LOAD LOG --\n180: <invalid BPF map reference>\nBPF map 'marked.bss' is referenced but wasn't created\n-- END PROG "
      "LOAD LOG --\n";
  EXPECT_EQ(loadProblem(policy(), -EINVAL, log).message, Message::HostRefuses);
  log.replace(log.find("marked.bss"), 10, "lsmp_scratch");
  EXPECT_EQ(loadProblem(policy(), -EINVAL, log).message, Message::VerifierRefused);
}

}  // namespace
