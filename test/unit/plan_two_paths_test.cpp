// LIBS: lsmpc_plan lsmpc_decision lsmpc_policy lsmpc_match lsmpc_diag lsmpc_base
#include <gtest/gtest.h>

#include "compiler/plan/plan.h"
#include "test/unit/plan_policy.h"

using namespace lsmpc;
using namespace lsmpc::policy;
using decision::NodeOp;
using decision::TestOp;

namespace {

// path_rename: `path` is either of old_path and new_path.
OneHook rename(bool with_flags) {
  OneHook p("path_rename");
  auto old_path = p.add("old_path", TypeKind::Path, call(TypeKind::Path, Builtin::PathAt, {pointer("old_dir"), pointer("old_dentry")}));
  auto new_path = p.add("new_path", TypeKind::Path, call(TypeKind::Path, Builtin::PathAt, {pointer("new_dir"), pointer("new_dentry")}));
  p.add("path", TypeKind::Path,
        call(TypeKind::Path, Builtin::Either, {attribute(TypeKind::Path, old_path), attribute(TypeKind::Path, new_path)}));
  p.add("uid", TypeKind::Int, argument("uid"));
  p.hook().event_attributes = {2, 0, 1};
  if (with_flags) p.hook().hook.arguments.push_back({"flags", {}, 1});
  return p;
}
ExprPtr oldPath() { return attribute(TypeKind::Path, 0); }
ExprPtr newPath() { return attribute(TypeKind::Path, 1); }
ExprPtr path() { return attribute(TypeKind::Path, 2); }

decision::Program planOne(const OneHook& input) {
  diag::Emitter emitter;
  auto decision = plan::planDecisions(input.policy, emitter);
  EXPECT_TRUE(decision);
  if (!decision) return {};
  EXPECT_EQ(decision::verify(*decision), "");
  return decision->programs[0];
}

const decision::Node& top(const decision::Program& program, size_t step) { return program.nodes[program.steps[step].condition]; }

// Kleene evaluation with all tests given; null: unresolved.
std::optional<bool> judge(const decision::Program& program, decision::NodeId id, const std::vector<std::optional<bool>>& tests) {
  const decision::Node& node = program.nodes[id];
  if (node.op == NodeOp::True || node.op == NodeOp::False) return node.op == NodeOp::True;
  if (node.op == NodeOp::Test) return tests[node.test];
  if (node.op == NodeOp::Not) {
    auto x = judge(program, node.children[0], tests);
    return x ? std::optional(!*x) : x;
  }
  bool deciding = node.op == NodeOp::Or;
  std::optional<bool> result = !deciding;
  for (decision::NodeId child : node.children) {
    auto x = judge(program, child, tests);
    if (x == deciding) return deciding;
    if (!x) result = std::nullopt;
  }
  return result;
}

}  // namespace

TEST(PlanTwoPaths, DenyMatchesOnEitherAllowOnBoth) {
  OneHook p = rename(true);
  p.rule(Verdict::Deny, globs(path(), {"/etc/**"}));
  p.rule(Verdict::Allow, globs(path(), {"/tmp/**"}));
  decision::Program program = planOne(p);
  ASSERT_EQ(program.steps.size(), 2u);
  EXPECT_EQ(top(program, 0).op, NodeOp::Or);
  EXPECT_EQ(top(program, 1).op, NodeOp::And);
  EXPECT_EQ(program.tests.size(), 4u);
  ASSERT_EQ(program.matchers.size(), 1u) << "both paths go through one automaton";
}

TEST(PlanTwoPaths, WholeConditionIsJudgedPerPath) {
  OneHook p = rename(true);
  p.rule(Verdict::Deny, both(globs(path(), {"/etc/**"}), negation(globs(path(), {"/etc/tmp/**"}))));
  decision::Program program = planOne(p);
  // Not: one path in /etc and the other outside /etc/tmp, but one path that is both.
  ASSERT_EQ(top(program, 0).op, NodeOp::Or);
  ASSERT_EQ(top(program, 0).children.size(), 2u);
  for (decision::NodeId child : top(program, 0).children) EXPECT_EQ(program.nodes[child].op, NodeOp::And);
}

TEST(PlanTwoPaths, ExchangeCountsBothWays) {
  OneHook p = rename(true);
  p.rule(Verdict::Deny, globs(oldPath(), {"/etc/**"}));
  p.rule(Verdict::Allow, both(globs(oldPath(), {"/a"}), globs(newPath(), {"/b"})));
  decision::Program program = planOne(p);
  ASSERT_EQ(program.steps.size(), 2u);
  uint32_t exchange = ~0u;
  for (uint32_t t = 0; t < program.tests.size(); ++t)
    if (program.tests[t].op == TestOp::Mask) exchange = t;
  ASSERT_NE(exchange, ~0u);
  EXPECT_EQ(program.tests[exchange].mask, 2u);
  // Only the new path is in /etc: refused when it is an exchange.
  std::vector<std::optional<bool>> tests(program.tests.size(), false);
  for (uint32_t t = 0; t < program.tests.size(); ++t)
    if (program.tests[t].op == TestOp::Class && program.values[program.tests[t].left].name == "new_path") tests[t] = true;
  EXPECT_EQ(judge(program, program.steps[0].condition, tests), false);
  tests[exchange] = true;
  EXPECT_EQ(judge(program, program.steps[0].condition, tests), true);
  // An allow must hold both ways.
  std::vector<std::optional<bool>> plain(program.tests.size(), false);
  for (const decision::Node& node : program.nodes)
    if (node.op == NodeOp::Test && program.tests[node.test].op == TestOp::Class) plain[node.test] = true;
  EXPECT_EQ(judge(program, program.steps[1].condition, plain), true);
}

TEST(PlanTwoPaths, NoExchangeWhereTheKernelCallsTwice) {
  OneHook p = rename(false);
  p.rule(Verdict::Deny, globs(oldPath(), {"/etc/**"}));
  EXPECT_EQ(top(planOne(p), 0).op, NodeOp::Test);
}

TEST(PlanTwoPaths, EitherAloneNeedsNoFlag) {
  OneHook p = rename(true);
  p.rule(Verdict::Deny, globs(path(), {"/etc/**"}));
  for (const decision::Test& test : planOne(p).tests) EXPECT_EQ(test.op, TestOp::Class);
}

TEST(PlanTwoPaths, EventsShowBothPathsOnce) {
  OneHook p = rename(true);
  p.rule(Verdict::None, truth(true));
  decision::Program program = planOne(p);
  ASSERT_EQ(program.event_fields.size(), 2u);
  EXPECT_EQ(program.event_fields[0].field, "path");
  EXPECT_EQ(program.event_fields[1].field, "path2");
  EXPECT_NE(program.event_fields[0].value, program.event_fields[1].value);
}
