// LIBS: lsmpc_plan lsmpc_decision lsmpc_policy lsmpc_match lsmpc_diag lsmpc_base
// Seeded: random policies on a rename, judged from the expression trees and from the planned program.
#include <gtest/gtest.h>

#include <random>

#include "compiler/plan/plan.h"
#include "test/unit/plan_machine.h"

using namespace lsmpc;
using namespace lsmpc::policy;

namespace {

class Source {
 public:
  explicit Source(uint32_t seed) : random_(seed) {}
  uint32_t below(uint32_t n) { return random_() % n; }

  ExprPtr condition(int depth) {
    switch (below(depth > 0 ? 10 : 7)) {
      case 0: return truth(below(2));
      case 1: return make(TypeKind::Bool, Compare{kOps[below(5)], integer(), integer()});
      case 2: return make(TypeKind::Bool, InIntervals{integer(), intervals()});
      case 3: return make(TypeKind::Bool, Has{integer(), below(4), below(2) == 0});
      case 4:
      case 5: return globs(attribute(TypeKind::Path, below(3)), {kGlobs[below(4)], kGlobs[below(4)]});
      case 6: return globs(attribute(TypeKind::String, 3), {kNames[below(3)], kNames[below(3)]});
      case 7: return negation(condition(depth - 1));
      case 8: return policy::both(condition(depth - 1), condition(depth - 1));
      default: return policy::either(condition(depth - 1), condition(depth - 1));
    }
  }

  Known known(std::string text) {
    Known result{below(6) == 0 ? Known::State::Unresolved : Known::State::Present, below(4), std::move(text)};
    return result;
  }

  Event event() {
    Event e;
    for (const char* name : {"a", "b"}) {
      e.arguments[name] = known("");
      if (below(6) == 0) e.arguments[name].state = Known::State::Absent;
    }
    e.arguments["flags"] = {Known::State::Present, below(4), ""};
    e.arguments["task"] = known(kTexts[below(3)]);
    for (Known& path : e.paths) path = known(kPaths[below(5)]);
    return e;
  }

 private:
  static constexpr ast::BinaryOp kOps[] = {ast::BinaryOp::Equal, ast::BinaryOp::Less, ast::BinaryOp::LessEqual, ast::BinaryOp::Greater,
                                           ast::BinaryOp::GreaterEqual};
  static constexpr const char* kGlobs[] = {"/etc/**", "/tmp/*", "/etc/passwd", "/**"};
  static constexpr const char* kNames[] = {"a*", "b", "*"};
  static constexpr const char* kTexts[] = {"a", "b", "c"};
  static constexpr const char* kPaths[] = {"/etc/passwd", "/tmp/x", "/tmp/x/y", "/", ""};

  ExprPtr integer() {
    uint32_t pick = below(3);
    return pick == 0 ? number(static_cast<int>(below(4))) : argument(pick == 1 ? "a" : "b");
  }
  std::vector<Interval> intervals() {
    if (below(5) == 0) return {};
    Int low = below(3);
    return {{low, low + below(2)}};
  }

  std::mt19937 random_;
};

constexpr ast::BinaryOp Source::kOps[];

OneHook policyOf(Source& source) {
  OneHook p("path_rename");
  p.add("old_path", TypeKind::Path, call(TypeKind::Path, Builtin::PathAt, {pointer("old_dir"), pointer("old_dentry")}));
  p.add("new_path", TypeKind::Path, call(TypeKind::Path, Builtin::PathAt, {pointer("new_dir"), pointer("new_dentry")}));
  p.add("path", TypeKind::Path, call(TypeKind::Path, Builtin::Either, {attribute(TypeKind::Path, 0), attribute(TypeKind::Path, 1)}));
  p.add("comm", TypeKind::String, call(TypeKind::String, Builtin::Comm, {pointer("task")}));
  p.hook().hook.arguments.push_back({"flags", {}, 1});
  std::vector<ExprPtr> before;
  for (uint32_t i = 0, n = 1 + source.below(5); i < n; ++i) {
    ExprPtr condition = source.condition(3);
    if (!before.empty() && source.below(3) == 0) {  // perhaps never reached
      ExprPtr again = before[source.below(static_cast<uint32_t>(before.size()))];
      condition = source.below(2) == 0 ? again : policy::both(again, condition);
    }
    before.push_back(condition);
    p.rule(static_cast<Verdict>(source.below(3)), condition);
  }
  return p;
}

bool ruleMatches(const HookPolicy& hook, const HookRule& rule, bool allow, const Event& event) {
  bool exchange = (event.arguments.at("flags").number & 2) != 0;
  Tri result = allow;
  for (int side : {0, 1})
    for (bool swapped : {false, true}) {
      if (swapped && !exchange) continue;
      Tri one = Oracle(hook, event, side, swapped).truth(rule.condition);
      result = allow ? both(result, one) : any(result, one);
    }
  return allow ? result == true : result != false;
}

std::vector<uint32_t> expected(const Policy& policy, const Event& event) {
  std::vector<uint32_t> matched;
  for (const HookRule& rule : policy.hooks[0].rules) {
    Verdict verdict = policy.rules[rule.rule].verdict;
    if (!ruleMatches(policy.hooks[0], rule, verdict == Verdict::Allow, event)) continue;
    matched.push_back(rule.rule);
    if (verdict != Verdict::None) break;
  }
  return matched;
}

std::vector<uint32_t> planned(const decision::Decision& decision, const Event& event) {
  std::vector<uint32_t> matched;
  const decision::Program& program = decision.programs[0];
  for (const decision::Step& step : program.steps) {
    Verdict verdict = decision.policy.rules[step.rule].verdict;
    Tri result = Machine(program, event).node(step.condition);
    if (verdict == Verdict::Allow ? result != true : result == false) continue;
    matched.push_back(step.rule);
    if (verdict != Verdict::None) break;
  }
  return matched;
}

}  // namespace

TEST(PlanFuzz, ProgramsDecideAsTheirPolicies) {
  uint32_t matched = 0, unreached = 0;
  for (uint32_t seed = 1; seed <= 1500; ++seed) {
    Source source(seed);
    OneHook p = policyOf(source);
    diag::Emitter emitter;
    auto decision = plan::planDecisions(p.policy, emitter);
    ASSERT_TRUE(decision) << seed;
    ASSERT_EQ(decision::verify(*decision), "") << seed;
    for (const diag::Diagnostic& one : emitter.sorted()) unreached += one.kind == diag::Kind::RuleNeverReached;
    for (int i = 0; i < 40; ++i) {
      Event event = source.event();
      auto want = expected(p.policy, event);
      matched += !want.empty();
      ASSERT_EQ(planned(*decision, event), want) << "seed " << seed << "\n" << decision::print(*decision);
    }
  }
  EXPECT_GT(matched, 10'000u);
  EXPECT_GT(unreached, 200u);
}
