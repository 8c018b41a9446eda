// LIBS: lsmpc_plan lsmpc_decision lsmpc_policy lsmpc_match lsmpc_diag lsmpc_base
// Seeded: long random policies on numbers and addresses, judged from the expression trees and from the planned program, much of which is tables.
#include <gtest/gtest.h>

#include <random>

#include "compiler/plan/plan.h"
#include "test/unit/plan_machine.h"

using namespace lsmpc;
using namespace lsmpc::policy;

namespace {

constexpr Int kMapped = Int{0xffff} << 32;

class Source {
 public:
  explicit Source(uint32_t seed) : random_(seed) {
    for (int i = 0; i < 5; ++i) conditions_.push_back(condition(2));
  }

  uint32_t below(uint32_t n) { return random_() % n; }

  OneHook policy() {
    OneHook p("socket_connect");
    p.policy.unresolved_allow = below(4) == 0;
    uint32_t subject = below(3);
    for (uint32_t i = 0, count = 30 + below(120); i < count; ++i) {
      bool breaks = below(100) == 0;
      if (below(80) == 0) subject = below(3);
      p.rule(breaks && below(2) ? Verdict::None : below(3) ? Verdict::Deny : Verdict::Allow, breaks ? condition(2) : onSubject(subject));
      p.policy.rules.back().errno_value = 1 + static_cast<int>(below(3));
      p.policy.rules.back().quiet = below(4) == 0;
    }
    return p;
  }

  Event event() {
    Event e;
    for (const char* name : {"a", "b"}) e.arguments[name] = known(static_cast<int>(below(3)));
    e.arguments["number"] = known(below(220));
    e.arguments["signed"] = known(static_cast<Int>(below(220)) - 110);
    e.arguments["address"] = known(addressOf(below(2), below(256)));
    return e;
  }

 private:
  static Int addressOf(bool v4, uint32_t end) { return v4 ? kMapped | Int{0x0a000000} | end : Int{0x20010db8} << 96 | end; }

  ExprPtr subject(uint32_t which) {
    if (which == 2) return make(TypeKind::Ip, Argument{"address"});
    ExprPtr number = argument(which == 0 ? "number" : "signed");
    if (which == 0) return number;
    auto copy = std::make_shared<Expr>(*number);
    copy->type.is_signed = true;
    return copy;
  }

  ExprPtr onSubject(uint32_t which) {
    ExprPtr test = which == 2 ? networks(subject(which)) : ofNumber(subject(which), which == 1);
    if (below(8) == 0) test = policy::either(test, which == 2 ? networks(subject(which)) : ofNumber(subject(which), which == 1));
    if (below(20) == 0) test = policy::both(test, which == 2 ? networks(subject(which)) : ofNumber(subject(which), which == 1));
    return below(3) == 0 ? policy::both(conditions_[below(5)], test) : test;
  }

  ExprPtr ofNumber(ExprPtr value, bool is_signed) {
    int lowest = is_signed ? -110 : 0;
    int low = lowest + static_cast<int>(below(220));
    switch (below(8)) {
      case 0:
        return policy::both(compared(ast::BinaryOp::GreaterEqual, value, low),
                            compared(ast::BinaryOp::Less, value, low + static_cast<int>(below(30))));
      case 1:
        return below(10) ? equal(value, number(low)) : compared(below(2) ? ast::BinaryOp::LessEqual : ast::BinaryOp::Greater, value, low);
      case 2: return intervals(value, lowest, below(15) == 0 ? 40 : 3);
      default: return equal(value, number(low));
    }
  }

  static ExprPtr compared(ast::BinaryOp op, ExprPtr left, int right) {
    return make(TypeKind::Bool, Compare{op, std::move(left), signedNumber(right)});
  }

  static ExprPtr signedNumber(int value) {
    auto copy = std::make_shared<Expr>(*number(value));
    copy->type.is_signed = value < 0;
    return copy;
  }

  ExprPtr intervals(ExprPtr value, int lowest, uint32_t count) {
    InIntervals in{std::move(value), {}};
    Int at = lowest + static_cast<int>(below(100));
    for (uint32_t i = 0; i < count; ++i, at += 2) {
      Int low = at;
      at += static_cast<int>(below(3));
      in.intervals.push_back({low, at});
    }
    return make(TypeKind::Bool, std::move(in));
  }

  ExprPtr networks(ExprPtr value) {
    InCidrs in{std::move(value), {}};
    for (uint32_t count = below(6) ? 1 : below(15) == 0 ? 40 : 3; count > 0; --count) {
      ast::Address address;
      address.v4 = below(2);
      Int words = addressOf(address.v4, below(256));
      for (size_t i = 16; i-- > 0; words >>= 8) address.bytes[i] = static_cast<uint8_t>(words);
      auto host = static_cast<uint8_t>(below(30) == 0 ? below(33) : below(5));
      in.cidrs.push_back({address, static_cast<uint8_t>((address.v4 ? 32 : 128) - host)});
    }
    return make(TypeKind::Bool, std::move(in));
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

  Known known(Int number) {
    uint32_t state = below(12);
    return {state == 0 ? Known::State::Absent : state < 3 ? Known::State::Unresolved : Known::State::Present, number, ""};
  }

  std::mt19937 random_;
  std::vector<ExprPtr> conditions_;
};

}  // namespace

TEST(PlanRowsFuzz, TablesDecideAsTheirRules) {
  uint32_t tables[3] = {}, conditional = 0, decided = 0;
  for (uint32_t seed = 1; seed <= 300; ++seed) {
    Source source(seed);
    OneHook p = source.policy();
    diag::Emitter emitter;
    auto decision = plan::planDecisions(p.policy, emitter);
    ASSERT_TRUE(decision) << seed;
    ASSERT_EQ(decision::verify(*decision), "") << seed;
    for (const decision::Table& table : decision->programs[0].tables) {
      ++tables[static_cast<size_t>(table.kind)];
      conditional += table.conditions.size() > 1;
      for (const decision::TableRow& row : table.rows)
        ASSERT_TRUE(doTheSame(p.policy.rules[row.rule], p.policy.rules[table.actions[row.action]])) << seed;
    }
    for (int i = 0; i < 60; ++i) {
      Event event = source.event();
      auto want = matchedByRules(p.policy, event);
      decided += !want.empty();
      ASSERT_EQ(matchedByProgram(*decision, event), want) << "seed " << seed << "\n" << decision::print(*decision);
    }
  }
  EXPECT_EQ(tables[0], 0u);
  EXPECT_GT(tables[1], 100u);
  EXPECT_GT(tables[2], 50u);
  EXPECT_GT(conditional, 100u);
  EXPECT_GT(decided, 6000u);
}
