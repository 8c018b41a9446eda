// LIBS: lsmpc_match lsmpc_base
// Seeded: tables of the numbers and networks of many rules against a plain search of the rules.
#include "compiler/match/interval_rows.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "runtime/abi/interval_layout.h"

using namespace lsmpc::match;

namespace {

constexpr Wide kMapped = Wide{0xffff} << 32;

std::optional<uint32_t> first(const std::vector<IntervalEntry>& entries, Wide number, uint64_t signatures) {
  std::optional<uint32_t> rule;
  for (const IntervalEntry& one : entries) {
    bool holds = one.signature == 0 || (signatures >> one.signature & 1) != 0;
    if (holds && one.span.low <= number && number <= one.span.high) rule = std::min(rule.value_or(one.rule), one.rule);
  }
  return rule;
}

class Source {
 public:
  explicit Source(uint32_t seed) : random_(seed) {}

  uint64_t below(uint64_t n) { return random_() % n; }

  // Near the bases, so that they touch and overlap; some of no width, some of half the line.
  std::vector<IntervalEntry> rules(size_t count, const std::vector<Wide>& bases, Wide last, uint32_t signatures) {
    std::vector<IntervalEntry> entries;
    for (uint32_t rule = 0; rule < count; ++rule) {
      auto signature = static_cast<uint8_t>(below(signatures));
      for (uint64_t spans = 1 + (below(4) == 0 ? below(3) : 0); spans > 0; --spans) {
        Wide low = std::min(last, bases[below(bases.size())] + below(200)), width = below(3) == 0 ? 0 : below(40);
        if (below(50) == 0) width = last;
        entries.push_back({{low, width > last - low ? last : low + width}, rule, signature});
      }
    }
    return entries;
  }

  uint64_t signatures() { return below(3) == 0 ? 1 : random_() | 1; }

 private:
  std::mt19937_64 random_;
};

std::vector<Wide> edges(const std::vector<IntervalEntry>& entries) {
  std::vector<Wide> all;
  for (const IntervalEntry& one : entries)
    for (Wide near : {one.span.low - 1, one.span.low, one.span.low + 1, one.span.high - 1, one.span.high, one.span.high + 1})
      all.push_back(near);
  return all;
}

TEST(IntervalRows, ofNumbersAreTheFirstRule) {
  size_t asked = 0, found = 0;
  for (uint32_t seed = 1; seed <= 300; ++seed) {
    Source source(seed);
    auto entries =
        source.rules(source.below(60), {0, 100, Wide{1} << 63, UINT64_MAX - 199}, UINT64_MAX, source.below(2) ? 1 : 1 + source.below(64));
    IntervalRowsResult built = numberRows(entries);
    ASSERT_TRUE(built.rows) << seed;
    for (Wide near : edges(entries)) {
      auto number = static_cast<uint64_t>(near);
      uint64_t signatures = source.signatures();
      auto want = first(entries, number, signatures);
      ASSERT_EQ(rowOfNumber(built.rows->words, number, signatures), want) << seed << ": " << number;
      ++asked;
      found += want.has_value();
    }
  }
  EXPECT_GT(found, asked / 4);
  EXPECT_LT(found, asked * 9 / 10);
}

TEST(IntervalRows, ofAddressesOfBothFamiliesAreTheFirstRule) {
  const Wide v6 = Wide{0x20010db8} << 96;
  size_t asked = 0, found = 0;
  for (uint32_t seed = 1; seed <= 300; ++seed) {
    Source source(seed);
    std::vector<Wide> bases = {
        0, kMapped - 100, kMapped, kMapped + 0xffffff38, v6, v6 | Wide{7} << 64, (v6 | Wide{8} << 64) - 100, ~Wide{0} - 199};
    auto entries = source.rules(source.below(80), bases, ~Wide{0}, source.below(2) ? 1 : 1 + source.below(64));
    IntervalRowsResult built = networkRows(entries);
    ASSERT_TRUE(built.rows) << seed;
    for (Wide address : edges(entries)) {
      uint64_t signatures = source.signatures();
      auto want = first(entries, address, signatures);
      ASSERT_EQ(rowOfAddress(built.rows->words, address, signatures), want) << seed;
      ++asked;
      found += want.has_value();
    }
  }
  EXPECT_GT(found, asked / 4);
  EXPECT_LT(found, asked * 9 / 10);
}

TEST(IntervalRows, ofNothingFindNothing) {
  IntervalRowsResult numbers = numberRows({}), networks = networkRows({});
  for (uint64_t number : {uint64_t{0}, uint64_t{1}, UINT64_MAX}) EXPECT_EQ(rowOfNumber(numbers.rows->words, number), std::nullopt);
  for (Wide address : {Wide{0}, kMapped, ~Wide{0}}) EXPECT_EQ(rowOfAddress(networks.rows->words, address), std::nullopt);
}

TEST(IntervalRows, joinPiecesThatDecideTheSame) {
  IntervalRowsResult built = numberRows({{{10, 19}, 0}, {{12, 13}, 1}, {{20, 29}, 0}, {{25, 40}, 2}});
  EXPECT_EQ(built.rows->sizes.pieces, 4u);  // nothing, rule 0, rule 2, nothing
  EXPECT_EQ(built.rows->sizes.steps, 2u);
}

TEST(IntervalRows, ofHundredThousandNetworksAreSmall) {
  std::mt19937_64 random(20261128);
  std::vector<IntervalEntry> entries;
  for (uint32_t rule = 0; rule < 100'000; ++rule) {
    unsigned bits = static_cast<unsigned>(random() % 17);
    uint64_t address = random() & 0xffffffff & ~((uint64_t{1} << bits) - 1);
    entries.push_back({{kMapped + address, kMapped + address + (uint64_t{1} << bits) - 1}, rule, static_cast<uint8_t>(random() % 3)});
  }
  IntervalRowsResult built = networkRows(entries);
  ASSERT_TRUE(built.rows);
  EXPECT_LT(built.rows->words.size(), entries.size() * 5);
  EXPECT_LE(built.rows->sizes.steps, uint32_t{LSMP_SEARCH_STEPS});
}

TEST(IntervalRows, sayWhichRulesMeetTooOften) {
  std::vector<IntervalEntry> entries;
  for (uint32_t rule = 0; rule < 63; ++rule) entries.push_back({{rule, 100'000 - rule}, 5000 + rule, static_cast<uint8_t>(1 + rule)});
  for (uint32_t rule = 0; rule < 1000; ++rule) entries.push_back({{100 + 50 * rule, 100 + 50 * rule}, rule, 0});
  for (uint32_t rule = 0; rule < 1000; ++rule)
    entries.push_back({{125 + 50 * rule, 125 + 50 * rule}, 1000 + rule, static_cast<uint8_t>(1 + rule % 63)});
  EXPECT_TRUE(numberRows(entries).rows);
  IntervalRowsResult built = numberRows(entries, 20'000);
  ASSERT_FALSE(built.rows);
  EXPECT_GT(built.excess->found, built.excess->limit);
  EXPECT_EQ(built.excess->limit, 20'000u);
  ASSERT_FALSE(built.excess->rules.empty());
  EXPECT_GE(built.excess->rules[0], 5000u);
}

}  // namespace
