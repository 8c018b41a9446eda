// LIBS: lsmpc_exercise lsmpc_policy lsmpc_match lsmpc_diag lsmpc_base
// Objects by hand that do other than the policy's text says, or what no kernel lets a program do.
#include "compiler/exercise/exercise.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "test/unit/plan_policy.h"

using namespace lsmpc;

namespace {

// on task_kill when arg.sig == 9 deny, and a test that gives 9.
policy::Policy killing() {
  policy::OneHook by_hand("task_kill");
  by_hand.hook().hook.variants.push_back({.targets = 1, .arguments = {"sig"}});
  by_hand.hook().hook.arguments.push_back({.name = "sig", .present = 1});
  by_hand.rule(policy::Verdict::Deny, policy::equal(policy::argument("sig"), policy::number(9)));
  by_hand.policy.types = std::make_shared<btf::TypeTable>(1);
  policy::Step step{.hook = by_hand.hook()};
  step.hook.rules.clear();
  step.given.push_back({.key = policy::argument("sig"), .values = {policy::number(9)}});
  step.expected =
      policy::Expectation{.verdict = policy::ExpectedVerdict{.verdict = policy::Verdict::Deny, .errno_value = 1, .errno_name = "EPERM"}};
  policy::Test test{.name = "by hand", .targets = 1, .tasks = {{}}};
  test.steps.push_back(std::move(step));
  by_hand.policy.tests.push_back(std::move(test));
  return by_hand.policy;
}

bpf_insn instruction(uint8_t code, int32_t immediate) {
  bpf_insn made{};
  made.code = code;
  made.imm = immediate;
  return made;
}

constexpr uint8_t kMove = BPF_ALU64 | BPF_MOV | BPF_K, kCall = BPF_JMP | BPF_CALL, kExit = BPF_JMP | BPF_EXIT;

std::vector<exercise::Failure> failuresOf(std::vector<bpf_insn> code) {
  object::Types kernel(btf__parse_raw((std::string(std::getenv("LSMPC_KERNELS_DIR")) + "/6.1.btf").c_str()));
  relocate::Names names(*kernel);
  object::Object object;
  object.functions.push_back({.name = "lsmp_task_kill", .section = "lsm/task_kill", .code = std::move(code)});
  policy::Policy policy = killing();
  std::string wrong;
  auto report = exercise::exercisePolicy(
      policy, object, {}, {"6.1", 0, names}, [](const policy::Test&) { return true; }, wrong);
  EXPECT_TRUE(report) << wrong;
  return report ? report->results.at(0).failures : std::vector<exercise::Failure>();
}

TEST(Exercise, whatPermitsAgainstItsTextIsOurFault) {
  auto failures = failuresOf({instruction(kMove, 0), instruction(kExit, 0)});
  ASSERT_EQ(failures.size(), 1u);
  EXPECT_EQ(failures[0].kind, diag::Kind::OtherThanItsText);
  EXPECT_EQ(failures[0].words, (std::vector<std::string>{"permits by no rule", "refuses by the rules of lines 1 (deny EPERM)"}));
}

TEST(Exercise, whatRefusesByNoRuleIsOurFaultToo) {
  auto failures = failuresOf({instruction(kMove, -1), instruction(kExit, 0)});
  ASSERT_EQ(failures.size(), 1u);
  EXPECT_EQ(failures[0].kind, diag::Kind::OtherThanItsText);
}

TEST(Exercise, whatNoKernelLetsAProgramDoIsAFault) {
  const std::vector<std::vector<bpf_insn>> kBad = {
      {instruction(kMove, 0)},                                                                        // it runs past its end
      {instruction(kCall, 195896080), instruction(kExit, 0)},                                         // what the kernel lacks
      {instruction(kMove, 4096), instruction(BPF_LDX | BPF_MEM | BPF_DW, 0), instruction(kExit, 0)},  // an address that nobody gave it
      {instruction(BPF_JMP | BPF_JA, 0), instruction(BPF_ALU | 0xe0, 0), instruction(kExit, 0)},      // no such operation
  };
  for (const auto& code : kBad) {
    auto failures = failuresOf(code);
    ASSERT_EQ(failures.size(), 1u);
    EXPECT_EQ(failures[0].kind, diag::Kind::RunFault);
  }
}

TEST(Exercise, whatNeverEndsIsAFault) {
  bpf_insn back = instruction(BPF_JMP | BPF_JA, 0);
  back.off = -1;
  auto failures = failuresOf({back});
  ASSERT_EQ(failures.size(), 1u);
  EXPECT_EQ(failures[0].kind, diag::Kind::RunFault);
}

}  // namespace
