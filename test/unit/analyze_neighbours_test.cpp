// LIBS: lsmpc_analyze lsmpc_policy lsmpc_match lsmpc_diag lsmpc_base
// Rules that can have to do with each other, found without a look at each pair, against a look at each pair.
#include <gtest/gtest.h>

#include <random>

#include "compiler/analyze/neighbours.h"
#include "test/unit/plan_policy.h"

using namespace lsmpc;
using analyze::Kinds;

namespace {

class Draw {
 public:
  explicit Draw(uint32_t seed) : random_(seed) {}

  int below(int end) { return std::uniform_int_distribution<int>(0, end - 1)(random_); }

  policy::ExprPtr condition(int depth = 0) {
    if (depth < 2 && below(3) == 0) return policy::both(condition(depth + 1), condition(depth + 1));
    if (depth < 2 && below(6) == 0) return policy::either(condition(depth + 1), condition(depth + 1));
    switch (below(4)) {
      case 0: return policy::equal(number(), policy::number(below(12)));
      case 1: return intervals();
      case 2: return policy::make(policy::TypeKind::Bool, policy::Compare{kOperators[below(4)], number(), policy::number(below(12))});
      default: return policy::globs(policy::make(policy::TypeKind::Path, policy::Argument{below(2) ? "path" : "exe"}), {glob(), glob()});
    }
  }
  policy::ExprPtr intervals() {
    policy::InIntervals node{number(), {}};
    for (int low = below(4); low < 12; low += 3 + below(5)) node.intervals.push_back({low, low + below(2)});
    return policy::make(policy::TypeKind::Bool, std::move(node));
  }

 private:
  static constexpr ast::BinaryOp kOperators[] = {ast::BinaryOp::Less, ast::BinaryOp::LessEqual, ast::BinaryOp::Greater,
                                                 ast::BinaryOp::GreaterEqual};
  policy::ExprPtr number() { return policy::argument(below(2) ? "uid" : "port"); }
  std::string glob() {
    static const char* const parts[] = {"/srv", "/s*", "/etc", "/{a,b}", "/*", "/x", "/**"};
    std::string text;
    for (int i = 0, count = 1 + below(3); i < count; ++i) text += parts[below(7)];
    return text;
  }

  std::mt19937 random_;
};

class Hook {
 public:
  Hook(uint32_t seed, int count) : by_hand_("file_open") {
    Draw draw(seed);
    for (int i = 0; i < count; ++i) by_hand_.rule(policy::Verdict::Deny, draw.condition());
  }
  const policy::HookPolicy& operator*() { return by_hand_.hook(); }

 private:
  policy::OneHook by_hand_;
};

}  // namespace

TEST(AnalyzeNeighbours, AreThoseOfEachPair) {
  size_t left_out = 0, kept = 0;
  for (uint32_t seed = 0; seed < 40; ++seed)
    for (Kinds kinds : {Kinds::Texts, Kinds::All}) {
      Hook hook(seed, 120);
      const auto needs = analyze::needsOfAll(*hook, kinds);
      analyze::Neighbours neighbours(needs);
      for (size_t place = 0; place < needs.size(); ++place) {
        std::vector<size_t> expected;
        for (size_t before = 0; before < place; ++before)
          if (!analyze::disjoint(needs[before], needs[place])) expected.push_back(before);
        EXPECT_EQ(neighbours.before(place, needs[place]), expected) << "seed " << seed << " place " << place;
        kept += expected.size(), left_out += place - expected.size();
      }
    }
  EXPECT_GT(left_out, 10000u);
  EXPECT_GT(kept, 10000u);
}

TEST(AnalyzeNeighbours, NumbersThatMeet) {
  for (uint32_t seed = 0; seed < 300; ++seed) {
    Draw draw(seed);
    policy::OneHook by_hand("file_open");
    policy::ExprPtr left = draw.intervals(), right = draw.intervals();
    const auto& one = std::get<policy::InIntervals>(left->node);
    const auto& other = std::get<policy::InIntervals>(right->node);
    bool same = std::get<policy::Argument>(one.value->node).name == std::get<policy::Argument>(other.value->node).name, meet = !same;
    for (const policy::Interval& a : one.intervals)
      for (const policy::Interval& b : other.intervals) meet |= a.low <= b.high && b.low <= a.high;
    auto needs = [&](const policy::ExprPtr& expr) { return analyze::needsOf(*expr, by_hand.hook(), Kinds::All); };
    EXPECT_EQ(analyze::disjoint(needs(left), needs(right)), !meet) << "seed " << seed;
  }
}

TEST(AnalyzeNeighbours, NetworksOneInTheOther) {
  auto network = [](uint8_t first, uint8_t second, uint8_t prefix) {
    ast::Cidr cidr;
    cidr.address.bytes[0] = first, cidr.address.bytes[1] = second, cidr.prefix = prefix;
    return cidr;
  };
  policy::OneHook by_hand("socket_connect");
  auto needs = [&](std::vector<ast::Cidr> cidrs) {
    policy::ExprPtr value = policy::make(policy::TypeKind::Ip, policy::Argument{"addr"});
    return analyze::needsOf(*policy::make(policy::TypeKind::Bool, policy::InCidrs{value, std::move(cidrs)}), by_hand.hook(), Kinds::All);
  };
  auto wide = needs({network(10, 5, 16), network(10, 0, 8)});
  EXPECT_FALSE(analyze::disjoint(wide, needs({network(10, 1, 16)})));
  EXPECT_FALSE(analyze::disjoint(wide, needs({network(0, 0, 0)})));
  EXPECT_FALSE(analyze::disjoint(wide, needs({network(10, 9, 128)})));
  EXPECT_TRUE(analyze::disjoint(wide, needs({network(11, 1, 16), network(9, 0, 8)})));
  auto v4 = [](uint8_t last, uint8_t prefix) {
    ast::Cidr cidr;
    cidr.address.bytes = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 10, 0, 0, last};
    cidr.address.v4 = true, cidr.prefix = prefix;
    return cidr;
  };
  EXPECT_FALSE(analyze::disjoint(needs({v4(0, 24)}), needs({v4(7, 32)})));
  EXPECT_TRUE(analyze::disjoint(needs({v4(8, 29)}), needs({v4(7, 32)})));
  EXPECT_FALSE(analyze::disjoint(needs({v4(0, 0)}), needs({v4(7, 32)})));
}
