// LIBS: lsmpc_plan lsmpc_decision lsmpc_policy lsmpc_match lsmpc_diag lsmpc_base
#include <gtest/gtest.h>

#include "compiler/match/string_table.h"
#include "compiler/plan/plan.h"
#include "compiler/plan/set_store.h"
#include "test/unit/plan_policy.h"

using namespace lsmpc;
using namespace lsmpc::policy;
using decision::TestOp;

namespace {

ExprPtr among(ExprPtr value, int count, std::vector<match::Pattern> more = {}) {
  Matches node{std::move(value), std::move(more)};
  for (int i = 0; i < count; ++i) node.patterns.push_back({match::Pattern::Kind::Literal, "/d/" + std::to_string(i)});
  return make(TypeKind::Bool, std::move(node));
}

struct Planned {
  OneHook by_hand{"path_rename"};
  std::optional<decision::Decision> decision;

  explicit Planned(int count, std::vector<match::Pattern> more = {}) {
    uint32_t one = by_hand.add("old_path", TypeKind::Path, call(TypeKind::Path, Builtin::PathAt, {pointer("old_dir"), pointer("old_dentry")}));
    uint32_t other = by_hand.add("new_path", TypeKind::Path, call(TypeKind::Path, Builtin::PathAt, {pointer("new_dir"), pointer("new_dentry")}));
    by_hand.rule(Verdict::Deny, among(attribute(TypeKind::Path, one), count, more));
    by_hand.rule(Verdict::Deny, among(attribute(TypeKind::Path, other), count, more));
    diag::Emitter emitter;
    decision = plan::planDecisions(by_hand.policy, emitter);
  }
  size_t tests(TestOp op) const {
    const auto& all = decision->programs[0].tests;
    return static_cast<size_t>(std::count_if(all.begin(), all.end(), [&](const decision::Test& test) { return test.op == op; }));
  }
};

TEST(Sets, fewLiteralsStayInTheAutomaton) {
  Planned few(plan::kMostInAutomaton);
  ASSERT_TRUE(few.decision);
  EXPECT_TRUE(few.decision->sets.empty());
  EXPECT_EQ(few.tests(TestOp::Listed), 0u);
}

TEST(Sets, manyAreOneSetForAllRules) {
  Planned many(plan::kMostInAutomaton + 1);
  ASSERT_TRUE(many.decision);
  ASSERT_EQ(many.decision->sets.size(), 1u);
  EXPECT_EQ(many.tests(TestOp::Listed), 2u);
  EXPECT_EQ(many.tests(TestOp::Class), 0u);
  EXPECT_EQ(decision::verify(*many.decision), "");
  EXPECT_TRUE(match::holdsString(many.decision->sets[0].words, "/d/128"));
  EXPECT_FALSE(match::holdsString(many.decision->sets[0].words, "/d/129"));
}

TEST(Sets, patternsAmongThemStayInTheAutomaton) {
  using Kind = match::Pattern::Kind;
  Planned mixed(plan::kMostInAutomaton, {{Kind::Glob, "/e/*"}, {Kind::Glob, "/f/\\*"}});
  ASSERT_TRUE(mixed.decision);
  ASSERT_EQ(mixed.decision->sets.size(), 1u);
  EXPECT_TRUE(match::holdsString(mixed.decision->sets[0].words, "/f/*"));
  EXPECT_FALSE(match::holdsString(mixed.decision->sets[0].words, "/e/*"));
  ASSERT_EQ(mixed.decision->programs[0].matchers.size(), 1u);
  EXPECT_EQ(mixed.decision->programs[0].matchers[0].dfa.run("/e/a").size(), 1u);
  EXPECT_EQ(decision::verify(*mixed.decision), "");
}

// The words of a set of numbers, as a program asks for it.
std::vector<uint64_t> numbersOf(std::vector<Interval> intervals, bool is_signed) {
  plan::SetStore store;
  std::vector<decision::Program> programs(1);
  programs[0].tests.push_back({.op = TestOp::Listed, .set = store.numbers(intervals, is_signed)});
  return store.build(programs).at(0).words;
}

TEST(Sets, numbersInOrderOfSize) {
  auto flipped = [](int64_t number) { return static_cast<uint64_t>(number) ^ uint64_t{1} << 63; };
  std::vector<uint64_t> table = numbersOf({{Int{INT64_MIN} * 2, INT64_MIN}, {-5, -3}, {2, 4}}, true);
  for (int64_t number : {int64_t{INT64_MIN}, int64_t{-5}, int64_t{-3}, int64_t{2}, int64_t{4}})
    EXPECT_TRUE(match::holdsNumber(table, flipped(number))) << number;
  for (int64_t number : {int64_t{INT64_MIN + 1}, int64_t{-6}, int64_t{-2}, int64_t{0}, int64_t{1}, int64_t{5}, int64_t{INT64_MAX}})
    EXPECT_FALSE(match::holdsNumber(table, flipped(number))) << number;
}

TEST(Sets, numbersThatNoValueReaches) {
  std::vector<uint64_t> table = numbersOf({{-9, -3}, {3, 4}, {Int{UINT64_MAX}, Int{UINT64_MAX} + 7}, {Int{UINT64_MAX} * 2, Int{UINT64_MAX} * 3}}, false);
  for (uint64_t number : {uint64_t{3}, uint64_t{4}, UINT64_MAX}) EXPECT_TRUE(match::holdsNumber(table, number));
  for (uint64_t number : {uint64_t{0}, uint64_t{5}, UINT64_MAX - 1, uint64_t(-5)}) EXPECT_FALSE(match::holdsNumber(table, number));
  EXPECT_FALSE(match::holdsNumber(numbersOf({{-9, -3}}, false), 0));
}

}  // namespace
