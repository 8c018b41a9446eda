// LIBS: lsmpc_plan lsmpc_decision lsmpc_policy lsmpc_match lsmpc_diag lsmpc_base
// Seeded: long random policies on two paths, judged from the expression trees and from the planned program, most of which is tables.
#include <gtest/gtest.h>

#include <random>

#include "compiler/plan/plan.h"
#include "test/unit/plan_machine.h"

using namespace lsmpc;
using namespace lsmpc::policy;

namespace {

class Source {
 public:
  explicit Source(uint32_t seed) : random_(seed) {
    for (int i = 0; i < 4; ++i) conditions_.push_back(condition(2));
  }

  uint32_t below(uint32_t n) { return random_() % n; }

  OneHook policy() {
    OneHook p("path_link");
    p.add("old_path", TypeKind::Path, call(TypeKind::Path, Builtin::PathAt, {pointer("old_dir"), pointer("old_dentry")}));
    p.add("new_path", TypeKind::Path, call(TypeKind::Path, Builtin::PathAt, {pointer("new_dir"), pointer("new_dentry")}));
    p.policy.unresolved_allow = below(4) == 0;
    for (uint32_t i = 0, count = 80 + below(160); i < count; ++i) {
      bool breaks = below(150) == 0;
      p.rule(breaks && below(2) ? Verdict::None : below(3) ? Verdict::Deny : Verdict::Allow, breaks ? condition(2) : onPath());
      p.policy.rules.back().errno_value = 1 + static_cast<int>(below(3));
      p.policy.rules.back().quiet = below(4) == 0;
    }
    return p;
  }

  Event event() {
    Event e;
    for (const char* name : {"a", "b"}) {
      e.arguments[name] = known("");
      if (below(6) == 0) e.arguments[name].state = Known::State::Absent;
    }
    for (Known& one : e.paths) one = known(text());
    return e;
  }

 private:
  ExprPtr onPath() {
    std::vector<std::string> patterns = {glob()};
    if (below(4) == 0) patterns.push_back(glob());
    ExprPtr test = globs(attribute(TypeKind::Path, below(600) == 0 ? 0 : 1), patterns);
    if (below(8) == 0) test = either(test, globs(attribute(TypeKind::Path, 1), {glob()}));
    if (below(40) == 0) test = policy::both(test, globs(attribute(TypeKind::Path, below(2)), {glob()}));
    return below(3) == 0 ? policy::both(conditions_[below(4)], test) : test;
  }

  ExprPtr condition(int depth) {
    switch (below(depth > 0 ? 5 : 2)) {
      case 0: return equal(argument(below(2) ? "a" : "b"), number(static_cast<int>(below(3))));
      case 1: return make(TypeKind::Bool, Has{argument("a"), 1 + below(3), below(2) == 0});
      case 2: return negation(condition(depth - 1));
      case 3: return policy::both(condition(depth - 1), condition(depth - 1));
      default: return policy::either(condition(depth - 1), condition(depth - 1));
    }
  }

  std::string glob() {
    static constexpr const char* kNames[] = {"a", "b", "ab", "abc", "long-name-of-more-bytes"};
    static constexpr const char* kWildcards[] = {"a*", "*b", "?", "[ab]", "{a,b}", "*"};
    std::string text;
    for (uint32_t i = 0, count = 1 + below(4); i < count; ++i) text += std::string("/") + kNames[below(5)];
    if (below(3) == 0) text += std::string("/") + kWildcards[below(6)];
    if (below(30) == 0) text = std::string("/") + kWildcards[below(6)] + text;
    return (below(60) == 0 ? "/**" : "") + text + (below(5) == 0 ? "/**" : "");
  }

  std::string text() {
    static constexpr const char* kNames[] = {"a", "b", "ab", "abc", "long-name-of-more-bytes"};
    if (below(10) == 0) return below(2) ? "" : "/";
    std::string text;
    for (uint32_t i = 0, count = 1 + below(4); i < count; ++i) text += std::string("/") + kNames[below(5)];
    return text;
  }

  Known known(std::string text) { return {below(6) == 0 ? Known::State::Unresolved : Known::State::Present, below(3), std::move(text)}; }

  std::mt19937 random_;
  std::vector<ExprPtr> conditions_;
};

}  // namespace

TEST(PlanTablesFuzz, TablesDecideAsTheirRules) {
  uint32_t tables = 0, decided = 0, refused = 0;
  for (uint32_t seed = 1; seed <= 200; ++seed) {
    Source source(seed);
    OneHook p = source.policy();
    diag::Emitter emitter;
    auto decision = plan::planDecisions(p.policy, emitter);
    if (!decision) {
      ASSERT_EQ(emitter.sorted()[0].kind, diag::Kind::TooManyPaths) << seed;
      ++refused;
      continue;
    }
    ASSERT_EQ(decision::verify(*decision), "") << seed;
    for (const decision::Table& table : decision->programs[0].tables) {
      ++tables;
      for (const decision::TableRow& row : table.rows)
        ASSERT_TRUE(doTheSame(p.policy.rules[row.rule], p.policy.rules[table.actions[row.action]])) << seed;
    }
    for (int i = 0; i < 40; ++i) {
      Event event = source.event();
      auto want = matchedByRules(p.policy, event);
      decided += !want.empty();
      ASSERT_EQ(matchedByProgram(*decision, event), want) << "seed " << seed << "\n" << decision::print(*decision);
    }
  }
  EXPECT_GT(tables, 100u);
  EXPECT_GT(decided, 4000u);
  EXPECT_LT(refused, 20u);
}
