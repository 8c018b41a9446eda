// LIBS: lsmpc_match lsmpc_base
#include <gtest/gtest.h>

#include <chrono>

#include "compiler/match/dfa.h"

using namespace lsmpc::match;

namespace {

Pattern literal(std::string text) { return {Pattern::Kind::Literal, std::move(text)}; }
Pattern glob(std::string text) { return {Pattern::Kind::Glob, std::move(text)}; }

// Paths over a few hundred words, as a distribution's file list has them.
std::string word(uint32_t n) { return "dir" + std::to_string(n * 2654435761u % 400); }
std::string somePath(uint32_t n) { return "/" + word(n) + "/" + word(n / 3 + 7) + "/" + word(n / 5 + 1) + "/f" + std::to_string(n); }

}  // namespace

TEST(MatchDfa, SmallestForEqualTails) {
  DfaResult built = buildDfa({{literal("/etc/passwd"), literal("/usr/passwd")}}, Alphabet::Path);
  ASSERT_TRUE(built.dfa);
  // Dead, then what is left to read: all, "etc…", "tc…", "c…", "usr…", "sr…", "r…", and "/passwd" with its 7 tails.
  EXPECT_EQ(built.dfa->states(), 15u);
}

TEST(MatchDfa, AcceptSetsNameEveryPredicateThatHolds) {
  DfaResult built = buildDfa({{glob("/etc/**")}, {literal("/etc/passwd"), glob("/a")}, {glob("/**")}}, Alphabet::Path);
  ASSERT_TRUE(built.dfa);
  EXPECT_EQ(built.dfa->run("/etc/passwd"), (std::vector<uint32_t>{0, 1, 2}));
  EXPECT_EQ(built.dfa->run("/etc/group"), (std::vector<uint32_t>{0, 2}));
  EXPECT_EQ(built.dfa->run("/a"), (std::vector<uint32_t>{1, 2}));
  EXPECT_TRUE(built.dfa->run("/").empty());
  EXPECT_TRUE(built.dfa->accept_sets[0].empty());
}

TEST(MatchDfa, NothingToMatchStillHasDeadAndStart) {
  for (const std::vector<Predicate>& none : {std::vector<Predicate>{}, std::vector<Predicate>{{}}}) {
    DfaResult built = buildDfa(none, Alphabet::Path);
    ASSERT_TRUE(built.dfa);
    EXPECT_EQ(built.dfa->states(), 2u);
    EXPECT_TRUE(built.dfa->run("/x").empty());
  }
}

TEST(MatchDfa, ThousandPatternsWellUnderASecond) {
  std::vector<Predicate> predicates(1);
  for (uint32_t n = 0; n < 1000; ++n) predicates[0].push_back(n % 4 == 0 ? glob(somePath(n) + "/**") : literal(somePath(n)));
  auto start = std::chrono::steady_clock::now();
  DfaResult built = buildDfa(predicates, Alphabet::Path);
  std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  ASSERT_TRUE(built.dfa);
  EXPECT_LT(seconds.count(), 1.0);
  for (uint32_t n = 0; n < 1000; ++n) {
    EXPECT_EQ(built.dfa->run(somePath(n)).size(), n % 4 == 0 ? 0u : 1u);
    EXPECT_EQ(built.dfa->run(somePath(n) + "/x").size(), n % 4 == 0 ? 1u : 0u);
  }
  RecordProperty("states", static_cast<int>(built.dfa->states()));
}

TEST(MatchDfa, LongLiteralsStayLinear) {
  std::vector<Predicate> predicates;
  for (char c = 'a'; c <= 'j'; ++c) predicates.push_back({literal("/" + std::string(4000, c))});
  DfaResult built = buildDfa(predicates, Alphabet::Path);
  ASSERT_TRUE(built.dfa);
  EXPECT_EQ(built.dfa->run("/" + std::string(4000, 'd')), std::vector<uint32_t>{3});
}

TEST(MatchDfa, OverBudgetNamesThePredicate) {
  std::vector<Predicate> predicates = {{literal("/a")}, {glob("/srv/*a????????????????????")}, {literal("/b")}};
  DfaResult built = buildDfa(predicates, Alphabet::Path);
  ASSERT_FALSE(built.dfa);
  ASSERT_TRUE(built.over);
  EXPECT_EQ(built.over->predicate, 1u);
  EXPECT_GT(built.over->states, 100'000u);
}

TEST(MatchDfa, HostilePatternsEndSoon) {
  std::vector<Predicate> predicates;
  for (int i = 0; i < 60; ++i) {
    std::string n = std::to_string(i);
    predicates.push_back({glob("/**/*x" + n + "*y" + n + "*z" + n)});
  }
  auto start = std::chrono::steady_clock::now();
  DfaResult built = buildDfa(predicates, Alphabet::Path);
  std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  EXPECT_FALSE(built.dfa);
  EXPECT_TRUE(built.over);
  EXPECT_LT(seconds.count(), 30.0);
}
