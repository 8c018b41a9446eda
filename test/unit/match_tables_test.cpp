// LIBS: lsmpc_match lsmpc_base
// Seeded: tables of strings, numbers and networks against plain containers.
#include <gtest/gtest.h>

#include <random>
#include <set>

#include "compiler/match/interval_table.h"
#include "compiler/match/string_table.h"

using namespace lsmpc::match;

namespace {

std::string randomText(std::mt19937_64& random) {
  static constexpr char kBytes[] = "ab/\x00\xff";
  std::string text;
  for (size_t length = random() % 4 == 0 ? random() % 40 : random() % 9; text.size() < length;) text += kBytes[random() % 5];
  return text;
}

bool among(const std::vector<Span>& spans, Wide number) {
  for (const Span& span : spans)
    if (span.low <= number && number <= span.high) return true;
  return false;
}

std::vector<Span> randomSpans(std::mt19937_64& random, size_t count, Wide base, uint64_t range) {
  std::vector<Span> spans;
  for (size_t i = 0; i < count; ++i) {
    Wide low = base + random() % range;
    spans.push_back({low, low + random() % 3 * (random() % 8)});
  }
  return spans;
}

TEST(StringTable, holdsItsStringsAndNoOthers) {
  std::mt19937_64 random(20261125);
  for (size_t size : {1, 2, 3, 10, 129, 1000, 5000}) {
    std::set<std::string> oracle;
    while (oracle.size() < size) oracle.insert(randomText(random));
    std::vector<uint64_t> table = stringTable({oracle.begin(), oracle.end()});
    for (const std::string& text : oracle) {
      ASSERT_TRUE(holdsString(table, text));
      for (std::string near : {text + '\0', text + "a", text.substr(0, text.size() / 2), "a" + text})
        ASSERT_EQ(holdsString(table, near), oracle.contains(near));
    }
    for (int i = 0; i < 5000; ++i) {
      std::string text = randomText(random);
      ASSERT_EQ(holdsString(table, text), oracle.contains(text));
    }
  }
}

TEST(StringTable, takesTheLongestPaths) {
  std::string longest(4096, 'x'), other = longest;
  other.back() = 'y';
  std::vector<uint64_t> table = stringTable({"", longest});
  EXPECT_TRUE(holdsString(table, longest));
  EXPECT_TRUE(holdsString(table, ""));
  EXPECT_FALSE(holdsString(table, other));
  EXPECT_FALSE(holdsString(table, longest.substr(1)));
}

TEST(StringTable, ofHundredThousandIsSmall) {
  std::vector<std::string> strings;
  for (int i = 0; i < 100'000; ++i) strings.push_back("/srv/data/file" + std::to_string(i));
  std::vector<uint64_t> table = stringTable(strings);
  EXPECT_LT(table.size(), strings.size() * 5);  // 19 bytes are three words
  for (const std::string& text : strings) ASSERT_TRUE(holdsString(table, text));
  for (int i = 100'000; i < 200'000; ++i) ASSERT_FALSE(holdsString(table, "/srv/data/file" + std::to_string(i)));
}

TEST(IntervalTable, holdsNumbers) {
  std::mt19937_64 random(20261126);
  for (size_t size : {0, 1, 2, 3, 7, 8, 9, 33, 500}) {
    for (uint64_t base : {uint64_t{0}, uint64_t{1} << 63, ~uint64_t{0} - 9000}) {
      std::vector<Span> spans = randomSpans(random, size, base, 8000);
      if (size > 2) spans.push_back({~uint64_t{0}, ~uint64_t{0}}), spans.push_back({0, 0});
      std::vector<uint64_t> table = numberTable(joined(spans));
      for (const Span& span : spans)
        for (Wide near : {span.low - 1, span.low, span.high, span.high + 1})
          ASSERT_EQ(holdsNumber(table, static_cast<uint64_t>(near)), among(spans, static_cast<uint64_t>(near)));
      for (int i = 0; i < 2000; ++i) {
        uint64_t number = base + random() % 8200;
        ASSERT_EQ(holdsNumber(table, number), among(spans, number));
      }
    }
  }
}

TEST(IntervalTable, holdsAddressesOfBothFamilies) {
  std::mt19937_64 random(20261127);
  const Wide mapped = Wide{0xffff} << 32, v6 = Wide{0x20010db8} << 96;
  for (size_t size : {1, 2, 40, 300}) {
    std::vector<Span> spans;
    for (Wide base : {mapped, mapped + 0xfffff000, v6, v6 | Wide{7} << 64, mapped - 2000}) {
      auto more = randomSpans(random, size, base, 4000);
      spans.insert(spans.end(), more.begin(), more.end());
    }
    std::vector<uint64_t> table = networkTable(joined(spans));
    for (const Span& span : spans)
      for (Wide near : {span.low - 1, span.low, span.high, span.high + 1}) ASSERT_EQ(holdsAddress(table, near), among(spans, near));
  }
}

TEST(IntervalTable, allAddresses) {
  std::vector<uint64_t> table = networkTable(joined({{0, ~Wide{0}}}));
  for (Wide address : {Wide{0}, Wide{0xffff} << 32, (Wide{0xffff} << 32) + 0xffffffff, (Wide{0x10000} << 32), ~Wide{0}})
    EXPECT_TRUE(holdsAddress(table, address));
}

TEST(IntervalTable, joinsNeighbours) {
  std::vector<Span> spans = joined({{5, 6}, {1, 2}, {3, 4}, {8, 9}, {0, 0}, {8, 8}, {~Wide{0}, ~Wide{0}}, {20, ~Wide{0}}});
  ASSERT_EQ(spans.size(), 3u);
  EXPECT_TRUE(spans[0].low == 0 && spans[0].high == 6 && spans[1].low == 8 && spans[1].high == 9 && spans[2].low == 20);
}

}  // namespace
