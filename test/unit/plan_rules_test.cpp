// LIBS: lsmpc_plan lsmpc_decision lsmpc_policy lsmpc_match lsmpc_diag lsmpc_base
#include <gtest/gtest.h>

#include "compiler/plan/plan.h"
#include "test/unit/plan_policy.h"

using namespace lsmpc;
using namespace lsmpc::policy;
using decision::NodeOp;
using decision::TestOp;

namespace {

OneHook fileOpen() {
  OneHook p("file_open");
  p.add("path", TypeKind::Path, call(TypeKind::Path, Builtin::FilePath, {pointer("file")}));
  p.add("euid", TypeKind::Int, argument("euid"));
  return p;
}
ExprPtr path() { return attribute(TypeKind::Path, 0); }
ExprPtr euid() { return attribute(TypeKind::Int, 1); }

struct Planned {
  decision::Program program;
  std::vector<diag::Diagnostic> diagnostics;

  const decision::Node& top(size_t step) const { return program.nodes[program.steps[step].condition]; }
  const decision::Node& child(const decision::Node& node, size_t i) const { return program.nodes[node.children[i]]; }
  const decision::Test& testOf(const decision::Node& node) const { return program.tests[node.test]; }
};

Planned planOne(const OneHook& input) {
  diag::Emitter emitter;
  auto decision = plan::planDecisions(input.policy, emitter);
  Planned result{{}, emitter.sorted()};
  EXPECT_EQ(decision.has_value(), !emitter.hasErrors());
  if (!decision) return result;
  EXPECT_EQ(decision::verify(*decision), "");
  EXPECT_FALSE(decision::print(*decision).empty());
  result.program = decision->programs[0];
  return result;
}

}  // namespace

TEST(PlanRules, EqualPartsAreShared) {
  OneHook p = fileOpen();
  p.rule(Verdict::Deny, both(globs(path(), {"/etc/**"}), equal(euid(), number(0))));
  p.rule(Verdict::Deny, both(globs(path(), {"/etc/**"}), equal(euid(), number(1))));
  p.rule(Verdict::None, globs(path(), {"/srv/**", "/etc/**"}));
  Planned r = planOne(p);
  EXPECT_EQ(r.program.steps.size(), 3u);
  ASSERT_EQ(r.program.matchers.size(), 1u);
  EXPECT_EQ(r.program.matchers[0].predicates.size(), 2u);
  EXPECT_EQ(r.program.tests.size(), 4u);
  EXPECT_EQ(r.program.values.size(), 5u);  // file, its path, euid, 0, 1
  EXPECT_EQ(r.program.matchers[0].dfa.run("/etc/x"), (std::vector<uint32_t>{0, 1}));
}

TEST(PlanRules, CheapestTestFirst) {
  OneHook p = fileOpen();
  p.rule(Verdict::Deny, both(globs(path(), {"/etc/**"}), equal(euid(), number(0))));
  Planned r = planOne(p);
  ASSERT_EQ(r.top(0).op, NodeOp::And);
  EXPECT_EQ(r.testOf(r.child(r.top(0), 0)).op, TestOp::Equal);
  EXPECT_EQ(r.testOf(r.child(r.top(0), 1)).op, TestOp::Class);
}

TEST(PlanRules, ConstantsFold) {
  OneHook p = fileOpen();
  p.rule(Verdict::Deny, either(both(truth(false), globs(path(), {"/a"})), negation(negation(equal(euid(), number(0))))));
  p.rule(Verdict::Deny, equal(number(1), euid()));
  p.rule(Verdict::Deny, both(equal(number(1), number(1)), globs(text("abc"), {"a*"})));
  Planned r = planOne(p);
  ASSERT_EQ(r.program.steps.size(), 3u);
  EXPECT_EQ(r.top(0).op, NodeOp::Test);
  EXPECT_EQ(r.program.values[r.testOf(r.top(1)).right].constant, 1);
  EXPECT_EQ(r.top(2).op, NodeOp::True);
  EXPECT_TRUE(r.program.matchers.empty()) << "the folded rule's pattern is gone";
}

TEST(PlanRules, StringEqualityIsAPredicate) {
  OneHook p = fileOpen();
  p.add("comm", TypeKind::String, call(TypeKind::String, Builtin::Comm, {call(TypeKind::Pointer, Builtin::Current, {})}));
  p.rule(Verdict::Deny, equal(text("sshd"), attribute(TypeKind::String, 2)));
  p.rule(Verdict::Deny, equal(path(), text("")));
  Planned r = planOne(p);
  ASSERT_EQ(r.program.matchers.size(), 2u);
  EXPECT_EQ(r.program.matchers[0].dfa.run("").size(), 1u);
  EXPECT_EQ(r.program.matchers[1].dfa.run("sshd").size(), 1u);
}

TEST(PlanRules, ChoiceOfStringsIsJudgedByItsEnds) {
  OneHook p = fileOpen();
  auto choice = call(TypeKind::Path, Builtin::If, {equal(euid(), number(7)), text("/fixed"), path()});
  p.rule(Verdict::Deny, globs(choice, {"/fixed"}));
  Planned r = planOne(p);
  EXPECT_EQ(r.top(0).op, NodeOp::Or);
  EXPECT_TRUE(r.diagnostics.empty());
}

TEST(PlanRules, AddressEqualityIsANetwork) {
  OneHook p("socket_connect");
  p.add("addr", TypeKind::Ip, call(TypeKind::Ip, Builtin::SocketAddress, {pointer("address"), argument("addrlen"), number(0)}));
  ast::Address address{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 10, 0, 0, 1}, true};
  p.rule(Verdict::Deny, equal(attribute(TypeKind::Ip, 0), make(TypeKind::Ip, IpConst{address})));
  Planned r = planOne(p);
  ASSERT_EQ(r.testOf(r.top(0)).op, TestOp::Cidrs);
  EXPECT_EQ(r.testOf(r.top(0)).cidrs[0].prefix, 32);
}

TEST(PlanRules, WarnsOfRulesThatNeverDecide) {
  OneHook p = fileOpen();
  p.rule(Verdict::Deny, both(equal(euid(), number(0)), truth(false)));
  p.rule(Verdict::None, truth(true));
  p.rule(Verdict::Allow, truth(true));
  p.rule(Verdict::Deny, equal(euid(), number(0)));
  Planned r = planOne(p);
  ASSERT_EQ(r.program.steps.size(), 2u);
  EXPECT_EQ(r.program.steps[1].rule, 2u);
  ASSERT_EQ(r.diagnostics.size(), 2u);
  EXPECT_EQ(r.diagnostics[0].kind, diag::Kind::RuleNeverMatches);
  EXPECT_EQ(r.diagnostics[1].kind, diag::Kind::RuleNeverReached);
  EXPECT_EQ(r.diagnostics[1].labels.size(), 1u);
}

TEST(PlanRules, LimitsNameTheRule) {
  OneHook many = fileOpen();
  for (int i = 0; i < 2001; ++i) many.rule(Verdict::None, equal(euid(), number(i)));
  Planned r = planOne(many);
  ASSERT_EQ(r.diagnostics.size(), 1u);
  EXPECT_EQ(r.diagnostics[0].kind, diag::Kind::TooManyRules);
  EXPECT_EQ(r.diagnostics[0].range.begin, 20'000u);

  OneHook large = fileOpen();
  large.rule(Verdict::Deny, globs(path(), {"/etc/**"}));
  large.rule(Verdict::Deny, globs(path(), {"/srv/*a????????????????????"}));
  r = planOne(large);
  ASSERT_EQ(r.diagnostics.size(), 1u);
  EXPECT_EQ(r.diagnostics[0].kind, diag::Kind::AutomatonTooLarge);
  EXPECT_EQ(r.diagnostics[0].range.begin, 10u);
}

TEST(PlanRules, ChoicesOfStringsAreJudgedStringByString) {
  OneHook p = fileOpen();
  auto choice = call(TypeKind::Path, Builtin::If, {equal(euid(), number(7)), text("/fixed"), path()});
  p.rule(Verdict::Deny, equal(path(), choice));
  Planned r = planOne(p);
  EXPECT_TRUE(r.diagnostics.empty());
  bool constant = false, same = false;
  for (const decision::Test& test : r.program.tests) {
    constant |= test.op == TestOp::Class;
    same |= test.op == TestOp::Equal && r.program.values[test.left].type.kind == TypeKind::Path;
  }
  EXPECT_TRUE(constant);
  EXPECT_TRUE(same);
}

TEST(PlanRules, NumberOfCheapTestsIsNoReasonToWalk) {
  OneHook p = fileOpen();
  ExprPtr cheap = equal(euid(), number(0));
  for (int i = 1; i < 60; ++i) cheap = either(cheap, equal(argument("a" + std::to_string(i)), number(i)));
  p.rule(Verdict::Deny, both(globs(path(), {"/etc/**"}), cheap));
  Planned r = planOne(p);
  EXPECT_EQ(r.child(r.top(0), 0).op, NodeOp::Or);
}

TEST(PlanRules, WhatIsAtHandComesFirst) {
  OneHook p = fileOpen();
  p.add("comm", TypeKind::String, call(TypeKind::String, Builtin::Comm, {pointer("task")}));
  auto text = [&](const char* pattern) { return globs(attribute(TypeKind::String, 2), {pattern}); };
  p.rule(Verdict::None, both(globs(path(), {"/a"}), text("b")));
  p.rule(Verdict::None, both(globs(path(), {"/c"}), equal(euid(), number(1))));
  p.rule(Verdict::None, globs(path(), {"/d"}));
  p.rule(Verdict::None, both(globs(path(), {"/e"}), text("f")));
  Planned r = planOne(p);
  auto first = [&](size_t step) { return r.program.values[r.testOf(r.child(r.top(step), 0)).left].name; };
  EXPECT_EQ(first(0), "comm");
  EXPECT_EQ(first(3), "path") << "rule 2 has walked it, whatever the event";
}

TEST(PlanRules, WhatHardlyDecidesComesLater) {
  OneHook p = fileOpen();
  p.add("comm", TypeKind::String, call(TypeKind::String, Builtin::Comm, {pointer("task")}));
  p.rule(Verdict::None, both(globs(path(), {"/a"}), negation(globs(attribute(TypeKind::String, 2), {"b"}))));
  Planned r = planOne(p);
  EXPECT_EQ(r.child(r.top(0), 0).op, NodeOp::Test);
}
