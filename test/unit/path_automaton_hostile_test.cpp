// LIBS: lsmpc_match lsmpc_base
// Many rules, and rules that are meant to be costly: built, or refused with what is to blame; the same rules give the same words.
#include <gtest/gtest.h>

#include <random>

#include "compiler/match/path_automaton.h"
#include "compiler/match/path_lookup.h"
#include "runtime/abi/path_layout.h"

using namespace lsmpc::match;

namespace {

using Maker = std::string (*)(uint32_t number);

struct Case {
  const char* name;
  uint32_t rules;
  Maker glob;
  std::optional<PathExcess::Kind> excess;
};

std::string n(uint32_t number) { return std::to_string(number); }

std::string repeated(std::string_view text, uint32_t times) {
  std::string all;
  while (times-- > 0) all += text;
  return all;
}

// Eight components, each a star or one of thirty names.
std::string stars(uint32_t number) {
  std::mt19937 random(number);
  std::string path;
  for (int i = 0; i < 8; ++i) path += random() % 2 ? "/*" : "/n" + n(random() % 30);
  return path;
}

using Kind = PathExcess::Kind;
const Case kCases[] = {
    {"three long runs", 100, [](uint32_t i) { return "/**/a" + n(i) + "*/**/b" + n(i) + "*/**/c*"; }, Kind::Active},
    {"words anywhere in any name", 100, [](uint32_t i) { return "/**/*x" + n(i) + "*y" + n(i) + "*z*"; }, Kind::Component},
    {"one word anywhere in any name", 1, [](uint32_t) { return std::string("/**/*x*y*z*"); }, std::nullopt},
    {"a power of two states", 1, [](uint32_t) { return std::string("/srv/*a????????????????"); }, Kind::Component},
    {"stars at any depth", 2000, stars, Kind::Active},
    {"braces in a row", 1, [](uint32_t) { return "/srv/" + repeated("{a,b}", 9); }, Kind::Alternatives},
    {"long runs in a row", 1, [](uint32_t) { return "/a" + repeated("**b", 1300); }, Kind::Sequences},
    {"long runs that lead nowhere", 1, [](uint32_t) { return "/a" + repeated("**b", 900) + "/" + repeated("c", 300); }, Kind::Sequences},
    {"words in one directory", 300, [](uint32_t i) { return "/d/*word" + n(i) + "*"; }, std::nullopt},
    {"endings in one directory", 3000, [](uint32_t i) { return "/d/*.x" + n(i); }, std::nullopt},
    {"three words each in one directory", 30, [](uint32_t i) { return "/d/*a" + n(i) + "*b" + n(i) + "*c" + n(i) + "*"; }, Kind::Component},
    {"words and endings in one directory", 60, [](uint32_t i) { return "/d/*w" + n(i) + "*.ext" + n(i); }, Kind::Component},
    {"all of that", 20'000, [](uint32_t i) { return "/d/*w" + n(i) + "*z"; }, Kind::Component},
    {"pairs of nodes", 20'000, [](uint32_t i) { return "/**/w" + n(i) + "/*/y"; }, Kind::Combinations},
    {"pairs of wildcards", 20'000, [](uint32_t i) { return "/**/w" + n(i) + "/x*/y" + n(i); }, Kind::Combinations},
    {"one name for all wildcards", 40, [](uint32_t i) { return "/**/" + repeated("?", i) + "a*/x/y"; }, Kind::Active},
    {"deep in many alternatives", 2000, [](uint32_t i) { return "/" + repeated("{a,b}", 8) + n(i) + repeated("/d", 200) + "/**"; },
     Kind::Words},
    {"long in many alternatives", 2000, [](uint32_t i) { return "/" + repeated("{a,b}", 8) + n(i) + repeated("/dddddddd", 200); },
     Kind::Words},
    {"sets of bytes", 5000, [](uint32_t i) { return "/x/[a-z" + n(i) + "]*[^" + n(i) + "]" + n(i) + "*"; }, Kind::Component},
};

std::vector<PathEntry> entriesOf(const Case& one) {
  std::vector<PathEntry> entries;
  for (uint32_t i = 0; i < one.rules; ++i) entries.push_back({{Pattern::Kind::Glob, one.glob(i)}, i, 0});
  return entries;
}

// As policies have them: most rules whole paths, some directories, some with wildcards.
std::vector<PathEntry> mixed(uint32_t count, uint32_t seed) {
  std::mt19937 random(seed);
  auto number = [&](uint32_t below) { return n(random() % below); };
  std::vector<PathEntry> entries;
  for (uint32_t rule = 0; rule < count; ++rule) {
    std::string directory = "/root" + number(8) + "/app" + number(50) + "/d" + number(12), name = "/name" + number(count);
    Pattern pattern{Pattern::Kind::Literal, directory + name};
    uint32_t form = random() % 10;
    if (form >= 7) pattern = {Pattern::Kind::Under, directory + name};
    if (form == 9) {
      const std::string forms[] = {directory + name + "*.c?nf", directory + "/*" + name.substr(1) + "/x/**",
                                   "/root" + number(8) + "/*/d" + number(12) + "/**" + name + "?", directory + "/**" + name,
                                   directory + "/{a,b}" + number(100) + "-[0-9]*"};
      pattern = {Pattern::Kind::Glob, forms[random() % 5]};
    }
    entries.push_back({pattern, rule, static_cast<uint8_t>(random() % 4 == 0 ? random() % 3 : 0)});
  }
  return entries;
}

}  // namespace

TEST(PathAutomatonHostile, BuiltOrRefused) {
  for (const Case& one : kCases) {
    PathAutomatonResult result = buildPathAutomaton(entriesOf(one));
    ASSERT_EQ(result.automaton.has_value(), !result.excess) << one.name;
    ASSERT_EQ(result.excess.has_value(), one.excess.has_value())
        << one.name << (result.excess ? n(static_cast<uint32_t>(result.excess->kind)) : "");
    if (!result.excess) continue;
    EXPECT_EQ(result.excess->kind, *one.excess) << one.name;
    ASSERT_FALSE(result.excess->rules.empty()) << one.name;
    EXPECT_LT(result.excess->rules[0], one.rules) << one.name;
    bool path = result.excess->kind == Kind::Active || result.excess->kind == Kind::Combinations;
    EXPECT_EQ(result.excess->witness.substr(0, 1), path ? "/" : "") << one.name;
  }
}

TEST(PathAutomatonHostile, NamesTheRuleAmongMany) {
  std::vector<PathEntry> entries = mixed(5000, 1);
  entries[1234].pattern = {Pattern::Kind::Glob, "/root1/app1/*a????????????????"};
  PathAutomatonResult result = buildPathAutomaton(entries);
  ASSERT_TRUE(result.excess);
  EXPECT_EQ(result.excess->rules, std::vector<uint32_t>{1234});
}

TEST(PathAutomatonHostile, TheSameWordsTwice) {
  std::vector<PathEntry> entries = mixed(5000, 2);
  PathAutomatonResult one = buildPathAutomaton(entries), other = buildPathAutomaton(entries);
  ASSERT_TRUE(one.automaton && other.automaton);
  EXPECT_EQ(one.automaton->words, other.automaton->words);
}

// Objects that a BPF program reads at once lie in one piece of 4 KiB.
TEST(PathAutomatonHostile, NothingCrossesAPage) {
  PathAutomatonResult result = buildPathAutomaton(mixed(5000, 3));
  ASSERT_TRUE(result.automaton);
  const std::vector<uint64_t>& words = result.automaton->words;
  auto at = [&](int header) { return words[static_cast<size_t>(header)] & 0xffffffff; };
  auto expectWhole = [&](uint64_t place, uint64_t size) { ASSERT_EQ(place / LSMP_PATH_PAGE, (place + size - 1) / LSMP_PATH_PAGE); };
  for (int header : {LSMP_PATH_EXACT, LSMP_PATH_EDGES}) {
    ASSERT_EQ(at(header) % LSMP_PATH_BUCKET_WORDS, 0u);
    for (uint64_t place = at(header), end = place + (words[static_cast<size_t>(header)] >> 32) * LSMP_PATH_BUCKET_WORDS; place < end;
         place += 2) {
      uint64_t value = words[place + 1] >> 32;
      if (words[place + 1] == 0) continue;
      if (header == LSMP_PATH_EXACT) expectWhole(at(LSMP_PATH_EXACT) + value, ((words[place] & 0xffffffff) + 7) / 8);
      if (header == LSMP_PATH_EDGES) expectWhole(at(LSMP_PATH_EDGES) + (value >> 8), ((value & 0xff) + 7) / 8);
    }
  }
  ASSERT_EQ(at(LSMP_PATH_RECORDS) % LSMP_PATH_RECORD_WORDS, 0u);
}

// Large tables: every whole path and every directory is found among thousands, a neighbour is not, unless another rule says so.
TEST(PathAutomatonHostile, ManyRulesAgreeWithTheReference) {
  std::vector<PathEntry> entries = mixed(3000, 4);
  PathAutomatonResult result = buildPathAutomaton(entries);
  ASSERT_TRUE(result.automaton);
  std::mt19937 random(5);
  uint32_t hits = 0;
  for (int i = 0; i < 300; ++i) {
    const Pattern& from = entries[random() % entries.size()].pattern;
    std::string path;
    for (char c : from.text) path += c == '*' ? "n" : c == '?' ? "o" : std::string(1, c);
    if (random() % 3 == 0) path += "/x/y";
    if (random() % 3 == 0) path[1 + random() % (path.size() - 1)] = '1';
    if (path.back() == '/' || path.find("//") != std::string::npos) continue;
    uint64_t signatures = 1 | (random() & 6);
    std::optional<uint32_t> right;
    for (const PathEntry& entry : entries)
      if (!right && signatures >> entry.signature & 1 && matches(entry.pattern, Alphabet::Path, path)) right = entry.rule;
    hits += right.has_value();
    ASSERT_EQ(lookupPath(result.automaton->words, path, signatures).rule, right) << path;
  }
  EXPECT_GT(hits, 100u);
}
