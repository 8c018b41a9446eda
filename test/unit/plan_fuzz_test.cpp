// LIBS: lsmpc_plan lsmpc_decision lsmpc_policy lsmpc_match lsmpc_diag lsmpc_base
// Seeded: random policies on a rename, judged from the expression trees and from the planned program. The two share only
// the pattern reference; values are present, absent or unresolved.
#include <gtest/gtest.h>

#include <random>

#include "compiler/plan/plan.h"
#include "test/unit/plan_policy.h"

using namespace lsmpc;
using namespace lsmpc::policy;

namespace {

using Tri = std::optional<bool>;  // null: unresolved

// One event: numbers by argument name, the two paths. Unresolved and absent values are marked.
struct Known {
  enum class State { Present, Absent, Unresolved } state = State::Present;
  Int number = 0;
  std::string text;
};
struct Event {
  std::map<std::string, Known> arguments;
  Known paths[2];
};

Tri onState(const Known& value, bool answer) {
  if (value.state == Known::State::Unresolved) return std::nullopt;
  return value.state == Known::State::Present && answer;
}

Tri both(Tri a, Tri b) {
  if (a == false || b == false) return false;
  return a && b ? Tri(true) : std::nullopt;
}
Tri negate(Tri a) { return a ? Tri(!*a) : a; }
Tri any(Tri a, Tri b) { return negate(both(negate(a), negate(b))); }

Tri compare(ast::BinaryOp op, const Known& a, const Known& b) {
  if (a.state == Known::State::Absent || b.state == Known::State::Absent) {
    bool unresolved = a.state == Known::State::Unresolved || b.state == Known::State::Unresolved;
    return unresolved ? Tri() : Tri(false);
  }
  if (a.state == Known::State::Unresolved || b.state == Known::State::Unresolved) return std::nullopt;
  switch (op) {
    case ast::BinaryOp::Equal: return a.number == b.number;
    case ast::BinaryOp::Less: return a.number < b.number;
    case ast::BinaryOp::LessEqual: return a.number <= b.number;
    case ast::BinaryOp::Greater: return a.number > b.number;
    default: return a.number >= b.number;
  }
}

bool inIntervals(const std::vector<Interval>& intervals, Int x) {
  for (const Interval& i : intervals)
    if (i.low <= x && x <= i.high) return true;
  return false;
}

// The policy as the language's rules say it.
class Oracle {
 public:
  Oracle(const HookPolicy& hook, const Event& event, int side, bool swapped) : hook_(hook), event_(event), side_(side), swapped_(swapped) {}

  Tri truth(const ExprPtr& e) const {
    if (auto* x = std::get_if<BoolConst>(&e->node)) return x->value;
    if (auto* x = std::get_if<Not>(&e->node)) return negate(truth(x->operand));
    if (auto* x = std::get_if<Logic>(&e->node))
      return x->is_and ? ::both(truth(x->left), truth(x->right)) : ::any(truth(x->left), truth(x->right));
    if (auto* x = std::get_if<Compare>(&e->node)) return compare(x->op, known(x->left), known(x->right));
    if (auto* x = std::get_if<InIntervals>(&e->node)) return onState(known(x->value), inIntervals(x->intervals, known(x->value).number));
    if (auto* x = std::get_if<Has>(&e->node)) {
      uint64_t bits = static_cast<uint64_t>(known(x->value).number) & x->mask;
      return onState(known(x->value), x->any ? bits != 0 : bits == x->mask);
    }
    auto& x = std::get<Matches>(e->node);
    Known subject = known(x.value);
    bool holds = false;
    for (const match::Pattern& p : x.patterns) holds = holds || match::matches(p, match::Alphabet::Path, subject.text);
    return onState(subject, holds);
  }

 private:
  Known known(const ExprPtr& e) const {
    if (auto* x = std::get_if<IntConst>(&e->node)) return {Known::State::Present, x->value, ""};
    if (auto* x = std::get_if<Argument>(&e->node)) return event_.arguments.at(x->name);
    auto& ref = std::get<AttributeRef>(e->node);  // 0 old_path, 1 new_path, 2 path
    uint32_t path = ref.index == 2 ? static_cast<uint32_t>(side_) : ref.index;
    return event_.paths[swapped_ ? 1 - path : path];
  }

  const HookPolicy& hook_;
  const Event& event_;
  int side_;
  bool swapped_;
};

// The program as lowering will compute it.
class Machine {
 public:
  Machine(const decision::Program& program, const Event& event) : program_(program), event_(event) {}

  Tri node(decision::NodeId id) const {
    const decision::Node& n = program_.nodes[id];
    switch (n.op) {
      case decision::NodeOp::True: return true;
      case decision::NodeOp::False: return false;
      case decision::NodeOp::Test: return test(program_.tests[n.test]);
      case decision::NodeOp::Not: return negate(node(n.children[0]));
      default: break;
    }
    bool is_and = n.op == decision::NodeOp::And;
    Tri result = is_and;
    for (decision::NodeId child : n.children) result = is_and ? both(result, node(child)) : any(result, node(child));
    return result;
  }

 private:
  Known value(decision::ValueId id) const {
    const decision::Value& v = program_.values[id];
    if (v.op == decision::ValueOp::Const) return {Known::State::Present, v.constant, ""};
    if (v.op == decision::ValueOp::Argument) return event_.arguments.at(v.argument);
    return event_.paths[program_.values[v.operands[0]].argument == "old_dir" ? 0 : 1];
  }

  Tri test(const decision::Test& t) const {
    Known left = value(t.left);
    switch (t.op) {
      case decision::TestOp::Equal: return compare(ast::BinaryOp::Equal, left, value(t.right));
      case decision::TestOp::Less: return compare(ast::BinaryOp::Less, left, value(t.right));
      case decision::TestOp::LessEqual: return compare(ast::BinaryOp::LessEqual, left, value(t.right));
      case decision::TestOp::Greater: return compare(ast::BinaryOp::Greater, left, value(t.right));
      case decision::TestOp::GreaterEqual: return compare(ast::BinaryOp::GreaterEqual, left, value(t.right));
      case decision::TestOp::Intervals: return onState(left, inIntervals(t.intervals, left.number));
      case decision::TestOp::Mask: {
        uint64_t bits = static_cast<uint64_t>(left.number) & t.mask;
        return onState(left, t.any ? bits != 0 : bits == t.mask);
      }
      case decision::TestOp::Class: {
        const auto& holding = program_.matchers[t.matcher].dfa.run(left.text);
        return onState(left, std::count(holding.begin(), holding.end(), t.predicate) != 0);
      }
      default: ADD_FAILURE() << "a test that no expression here makes"; return false;
    }
  }

  const decision::Program& program_;
  const Event& event_;
};

class Source {
 public:
  explicit Source(uint32_t seed) : random_(seed) {}
  uint32_t below(uint32_t n) { return random_() % n; }

  ExprPtr condition(int depth) {
    switch (below(depth > 0 ? 9 : 6)) {
      case 0: return truth(below(2));
      case 1: return make(TypeKind::Bool, Compare{kOps[below(5)], integer(), integer()});
      case 2: return make(TypeKind::Bool, InIntervals{integer(), intervals()});
      case 3: return make(TypeKind::Bool, Has{integer(), below(4), below(2) == 0});
      case 4:
      case 5: return globs(attribute(TypeKind::Path, below(3)), {kGlobs[below(4)], kGlobs[below(4)]});
      case 6: return negation(condition(depth - 1));
      case 7: return policy::both(condition(depth - 1), condition(depth - 1));
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
    for (Known& path : e.paths) path = known(kPaths[below(5)]);
    return e;
  }

 private:
  static constexpr ast::BinaryOp kOps[] = {ast::BinaryOp::Equal, ast::BinaryOp::Less, ast::BinaryOp::LessEqual, ast::BinaryOp::Greater,
                                           ast::BinaryOp::GreaterEqual};
  static constexpr const char* kGlobs[] = {"/etc/**", "/tmp/*", "/etc/passwd", "/**"};
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
  p.hook().hook.arguments.push_back({"flags", {}, 1});
  for (uint32_t i = 0, n = 1 + source.below(4); i < n; ++i) p.rule(static_cast<Verdict>(source.below(3)), source.condition(3));
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
  uint32_t matched = 0;
  for (uint32_t seed = 1; seed <= 1500; ++seed) {
    Source source(seed);
    OneHook p = policyOf(source);
    diag::Emitter emitter;
    auto decision = plan::planDecisions(p.policy, emitter);
    ASSERT_TRUE(decision) << seed;
    ASSERT_EQ(decision::verify(*decision), "") << seed;
    for (int i = 0; i < 40; ++i) {
      Event event = source.event();
      auto want = expected(p.policy, event);
      matched += !want.empty();
      ASSERT_EQ(planned(*decision, event), want) << "seed " << seed << "\n" << decision::print(*decision);
    }
  }
  EXPECT_GT(matched, 10'000u);
}
