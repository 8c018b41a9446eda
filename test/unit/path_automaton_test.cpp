// LIBS: lsmpc_match lsmpc_base
// The path automaton on small tables by hand: what each part of a pattern means, and which rule is first.
#include "compiler/match/path_automaton.h"

#include <gtest/gtest.h>

#include <cstring>

#include "compiler/match/path_lookup.h"
#include "runtime/abi/path_layout.h"

using namespace lsmpc::match;

namespace {

PathEntry glob(std::string text, uint32_t rule = 0, uint8_t signature = 0) {
  return {{Pattern::Kind::Glob, std::move(text)}, rule, signature};
}
PathEntry literal(std::string text, uint32_t rule = 0, uint8_t signature = 0) {
  return {{Pattern::Kind::Literal, std::move(text)}, rule, signature};
}
PathEntry under(std::string text, uint32_t rule = 0, uint8_t signature = 0) {
  return {{Pattern::Kind::Under, std::move(text)}, rule, signature};
}

PathAutomaton built(const std::vector<PathEntry>& entries) {
  PathAutomatonResult result = buildPathAutomaton(entries);
  EXPECT_TRUE(result.automaton);
  return result.automaton ? *result.automaton : PathAutomaton{std::vector<uint64_t>(LSMP_PATH_HEADER_WORDS), {}};
}

PathExcess refused(const std::vector<PathEntry>& entries, const PathLimits& limits = {}) {
  PathAutomatonResult result = buildPathAutomaton(entries, limits);
  EXPECT_TRUE(result.excess);
  return result.excess ? *result.excess : PathExcess{};
}

// -1: no rule.
int first(const std::vector<PathEntry>& entries, const std::string& path, uint64_t signatures = 1) {
  PathAnswer answer = lookupPath(built(entries).words, path, signatures);
  EXPECT_FALSE(answer.unresolved) << path;
  return answer.rule ? static_cast<int>(*answer.rule) : -1;
}

void expectMatches(const PathEntry& entry, const std::vector<std::string>& yes, const std::vector<std::string>& no) {
  for (const std::string& path : yes) EXPECT_EQ(first({entry}, path), 0) << entry.pattern.text << " " << path;
  for (const std::string& path : no) EXPECT_EQ(first({entry}, path), -1) << entry.pattern.text << " " << path;
}

}  // namespace

TEST(PathAutomaton, WholePaths) {
  expectMatches(literal("/etc/passwd"), {"/etc/passwd"},
                {"", "/", "/etc", "/etc/passw", "/etc/passwd2", "/etc/passwd/x", "/passwd", "/etc/shadow"});
  expectMatches(literal(""), {""}, {"/", "/a"});
  expectMatches(literal("/"), {"/"}, {"", "/a"});
  expectMatches(glob("/a\\*"), {"/a*"}, {"/ab", "/a\\*"});
}

TEST(PathAutomaton, Under) {
  expectMatches(under("/srv/www"), {"/srv/www", "/srv/www/a", "/srv/www/a/b"}, {"", "/", "/srv", "/srv/www2", "/srv/ww", "/a/srv/www"});
  expectMatches(under("/"), {"/", "/a", "/a/b"}, {""});
}

TEST(PathAutomaton, RunsAreWithinAComponent) {
  expectMatches(glob("/etc/*"), {"/etc/a"}, {"/etc", "/etc/a/b", "/", ""});
  expectMatches(glob("/etc/*.conf"), {"/etc/.conf", "/etc/a.conf", "/etc/a.conf.conf"}, {"/etc/conf", "/etc/a.conf2", "/etc/d/a.conf"});
  expectMatches(glob("/*/x"), {"/a/x"}, {"/x", "/a/b/x"});
  expectMatches(glob("/a?c*"), {"/abc", "/a.cc"}, {"/ac", "/abbc", "/a/c"});
}

TEST(PathAutomaton, LongRunsAreComponents) {
  expectMatches(glob("/etc/**"), {"/etc/a", "/etc/a/b/c"}, {"/etc", "/etcx", "/"});
  expectMatches(glob("/**"), {"/a", "/a/b"}, {"/", ""});
  expectMatches(glob("**"), {"/", "/a", "/a/b"}, {""});
  expectMatches(glob("/a/**/z"), {"/a/b/z", "/a/b/c/z", "/a/z/z"}, {"/a/z", "/z", "/a/b/z/y"});
  expectMatches(glob("**/z"), {"/z", "/a/z", "/a/b/z"}, {"/", "/az", "/z/a"});
  expectMatches(glob("**z"), {"/z", "/az", "/a/bz"}, {"/", "/z/a"});
  expectMatches(glob("/**/*/z"), {"/a/b/z", "/a/b/c/z"}, {"/z", "/a/z"});
}

// `**` that touches other items spans components, too, of which it takes a part.
TEST(PathAutomaton, GluedLongRuns) {
  expectMatches(glob("/x**y"), {"/xy", "/xay", "/x/y", "/xa/by", "/xa/b/cy", "/x/a/y"}, {"/x", "/y", "/xy/a", "/ax/y", "/xa/yb"});
  expectMatches(glob("/x**"), {"/x", "/xa", "/x/a", "/xa/b/c"}, {"/", "/ax", "/a/x"});
  expectMatches(glob("/**y"), {"/y", "/ay", "/a/y", "/a/b/cy"}, {"/", "/ya", "/y/a"});
  expectMatches(glob("/a**b**c"), {"/abc", "/a/b/c", "/ab/c", "/a/bc", "/ax/y/bz/c", "/axbyc"}, {"/ac", "/a/c", "/ab", "/a/b/cd"});
  expectMatches(glob("/x**/y"), {"/x/y", "/xa/y", "/xa/b/y", "/x/y/y"}, {"/xy", "/x", "/x/ay", "/y"});
}

// `x*` of a rule that goes on below is not that of another that ends there.
TEST(PathAutomaton, GluedRunsDoNotLeakIntoOtherRules) {
  std::vector<PathEntry> entries = {glob("/x**/z", 0), glob("/x*/y", 1)};
  EXPECT_EQ(first(entries, "/xa/b/c/z"), 0);
  EXPECT_EQ(first(entries, "/xa/y"), 1);
  EXPECT_EQ(first(entries, "/xa/b/y"), -1);
  entries = {glob("/**/b", 0), glob("/a/b/c", 1), glob("/*/c", 2)};
  EXPECT_EQ(first(entries, "/a/b"), 0);
  EXPECT_EQ(first(entries, "/b"), -1);
  EXPECT_EQ(first(entries, "/z/b/c"), -1);
  EXPECT_EQ(first(entries, "/z/c"), 2);
}

// Any number of components and then one of any name is one or more.
TEST(PathAutomaton, BlankComponentsAreCounted) {
  expectMatches(glob("/x**/*"), {"/x/a", "/xa/b", "/x/a/b"}, {"/x", "/xa", "/a/b"});
  expectMatches(glob("/a/**/*/**"), {"/a/b/c/d", "/a/b/c/d/e"}, {"/a/b/c", "/a/b", "/a"});
  expectMatches(glob("**/**"), {"/a", "/a/b"}, {"/"});
}

TEST(PathAutomaton, Braces) {
  expectMatches(glob("/{a,b/c,}d"), {"/ad", "/b/cd", "/d"}, {"/a", "/b/c", "/bd", "/a/d"});
  expectMatches(glob("/a{,/**}"), {"/a", "/a/b", "/a/b/c"}, {"/ab", "/"});
  expectMatches(glob("/{a,{b,c}*}/x"), {"/a/x", "/b/x", "/cc/x"}, {"/ab/x", "/x"});
  expectMatches(glob("/{a,}"), {"/a", "/"}, {"", "/b"});
}

TEST(PathAutomaton, Classes) {
  expectMatches(glob("/[a-c]x"), {"/ax", "/cx"}, {"/dx", "/x", "/abx"});
  expectMatches(glob("/[^a-c]x"), {"/dx", "/\xffx"}, {"/ax", "/x", "/"});
  expectMatches(glob("/[^a]/b"), {"/c/b"}, {"/a/b", "/cc/b"});
  expectMatches(glob("/[^a]*"), {"/b", "/bbb"}, {"/a", "/ab", "/b/a"});
  EXPECT_EQ(first({glob("/[^a]b", 0), glob("/[^b]b", 1), glob("/?b", 2)}, "/ab"), 1);
  EXPECT_EQ(first({glob("/[^a]b", 0), glob("/[^b]b", 1), glob("/?b", 2)}, "/bb"), 0);
}

TEST(PathAutomaton, TheFirstRuleCounts) {
  std::vector<PathEntry> entries = {glob("/a/*.x", 3), literal("/a/b.x", 5), under("/a", 7), glob("/a/b*", 4), glob("/**", 9)};
  EXPECT_EQ(first(entries, "/a/b.x"), 3);
  EXPECT_EQ(first(entries, "/a/b.y"), 4);
  EXPECT_EQ(first(entries, "/a"), 7);
  EXPECT_EQ(first(entries, "/b"), 9);
  entries = {literal("/a", 2), literal("/a", 1), glob("/a", 3)};
  EXPECT_EQ(first(entries, "/a"), 1);
}

// Of one rule any pattern.
TEST(PathAutomaton, SetsOfPatterns) {
  std::vector<PathEntry> entries = {literal("/a", 1), glob("/b*", 1), under("/c", 1), glob("/**", 2)};
  for (const char* path : {"/a", "/bb", "/c/d"}) EXPECT_EQ(first(entries, path), 1) << path;
  EXPECT_EQ(first(entries, "/a/b"), 2);
}

TEST(PathAutomaton, SignaturesPassRulesOver) {
  std::vector<PathEntry> entries = {literal("/a", 0, 1), literal("/a", 1, 2), literal("/a", 2, 1), literal("/a", 3), literal("/a", 4, 3)};
  EXPECT_EQ(first(entries, "/a", 0b1), 3);
  EXPECT_EQ(first(entries, "/a", 0b11), 0);
  EXPECT_EQ(first(entries, "/a", 0b101), 1);
  EXPECT_EQ(first(entries, "/a", 0b1001), 3);
  EXPECT_EQ(first({literal("/a", 0, 63)}, "/a", 1ULL << 63), 0);
  EXPECT_EQ(first({literal("/a", 0, 63)}, "/a", ~(1ULL << 63)), -1);
}

// What `a*` decides without condition is decided; what it decides with one is not.
TEST(PathAutomaton, OnlyWhatDecidesPassesOthersOver) {
  for (uint8_t signature : {0, 5}) {
    std::vector<PathEntry> entries = {glob("/d/a*", 0, signature), glob("/d/*b", 1), glob("/d/ac*", 2, 6), glob("/d/*", 3, 0)};
    EXPECT_EQ(first(entries, "/d/ab", 1), signature ? 1 : 0);
    EXPECT_EQ(first(entries, "/d/ab", 1 << 5), 0);
    EXPECT_EQ(first(entries, "/d/acx", 1 << 6), signature ? 2 : 0);
    EXPECT_EQ(first(entries, "/d/acx", 1), signature ? 3 : 0);
  }
  // Nor does what ends here decide for what lies below.
  std::vector<PathEntry> entries = {glob("/d/a*", 0), glob("/d/ab*/**", 1), glob("/d/*c/x", 2)};
  EXPECT_EQ(first(entries, "/d/abc"), 0);
  EXPECT_EQ(first(entries, "/d/abc/y"), 1);
  EXPECT_EQ(first(entries, "/d/ac/x"), 2);
}

TEST(PathAutomaton, ListsAreCutAndShared) {
  std::vector<PathEntry> entries;
  for (uint32_t rule = 0; rule < 200; ++rule) {
    entries.push_back(literal("/a", rule, static_cast<uint8_t>(1 + rule % 3)));
    entries.push_back(literal("/b", rule, static_cast<uint8_t>(1 + rule % 3)));
  }
  EXPECT_EQ(built(entries).words[LSMP_PATH_LISTS] >> 32, 3u);
}

TEST(PathAutomaton, LongNames) {
  std::string longest(LSMP_PATH_NAME, 'n'), other = longest;
  other.back() = 'm';
  std::vector<PathEntry> entries = {literal("/d/" + longest, 0), under("/e/" + longest, 1), glob("/f/*" + longest.substr(1), 2),
                                    glob("/g/" + longest + "?", 3)};
  EXPECT_EQ(first(entries, "/d/" + longest), 0);
  EXPECT_EQ(first(entries, "/e/" + longest + "/x"), 1);
  EXPECT_EQ(first(entries, "/f/" + longest), 2);
  for (const char* directory : {"/d/", "/e/", "/f/", "/g/"}) EXPECT_EQ(first(entries, directory + other), -1);
  EXPECT_EQ(built({glob("/g/" + longest + "?")}).sizes.nodes, 1u);  // no name has 256 bytes
  EXPECT_TRUE(lookupPath(built(entries).words, "/d/" + longest + "n").unresolved);
}

// Who names files chooses what is hashed: a name with the same hash is another name all the same.
TEST(PathAutomaton, EqualHashesAreNotEqualNames) {
  const std::string name = "0123456789abcdef";
  uint64_t first_word, second_word;
  std::memcpy(&first_word, name.data(), 8);
  std::memcpy(&second_word, name.data() + 8, 8);
  std::string twin;
  for (uint64_t number = 0; twin.empty(); ++number) {
    uint64_t other = 0x6161616161616161 + number % 20 + (number / 20 % 20 << 8) + (number / 400 << 16);
    uint64_t rest = second_word ^ lsmp_mixed(LSMP_PATH_SALT, first_word) ^ lsmp_mixed(LSMP_PATH_SALT, other);
    std::string bytes(16, 'a');
    std::memcpy(bytes.data(), &other, 8);
    std::memcpy(bytes.data() + 8, &rest, 8);
    if (bytes.find('/') == std::string::npos && bytes.find('\0') == std::string::npos) twin = bytes;
  }
  ASSERT_NE(twin, name);
  ASSERT_EQ(lsmp_path_hashed(twin.data(), 16), lsmp_path_hashed(name.data(), 16));
  std::vector<PathEntry> entries = {literal("/a/" + name, 0), under("/b/" + name, 1)};
  EXPECT_EQ(first(entries, "/a/" + name), 0);
  EXPECT_EQ(first(entries, "/b/" + name + "/x"), 1);
  EXPECT_EQ(first(entries, "/a/" + twin), -1);
  EXPECT_EQ(first(entries, "/b/" + twin + "/x"), -1);
}

TEST(PathAutomaton, DeepPaths) {
  std::string deepest, longest;
  for (int i = 0; i < LSMP_PATH_COMPONENTS; ++i) deepest += "/a";
  while (longest.size() + 256 <= LSMP_PATH_TEXT) longest += "/" + std::string(LSMP_PATH_NAME, 'b');
  std::vector<PathEntry> entries = {literal(deepest, 0), literal(longest, 1), glob("/**/a/*", 2), under(longest.substr(0, 1024), 3)};
  EXPECT_EQ(first(entries, deepest), 0);
  EXPECT_EQ(first(entries, longest), 1);
  EXPECT_EQ(first(entries, deepest.substr(2)), 2);
  EXPECT_EQ(first(entries, longest.substr(0, longest.size() - 256)), 3);
  EXPECT_TRUE(lookupPath(built(entries).words, deepest + "/a").unresolved);
  EXPECT_EQ(built({literal(deepest + "/a")}).sizes.exact, 0u);
}

// What no kernel's walk returns is no path, whatever the rules.
TEST(PathAutomaton, NoPaths) {
  std::vector<uint64_t> table = built({glob("**")}).words;
  for (const char* text : {"a", "a/b", "/a/", "//", "/a//b"}) {
    EXPECT_TRUE(lookupPath(table, text).unresolved) << text;
    EXPECT_FALSE(lookupPath(table, text).rule) << text;
  }
}

TEST(PathAutomaton, NoRules) {
  for (const char* path : {"", "/", "/a", "/a/b"}) EXPECT_EQ(first({}, path), -1);
}

// A directory whose patterns are too much for one byte automaton has several.
TEST(PathAutomaton, SplitsTheWildcardsOfADirectory) {
  std::vector<PathEntry> entries;
  for (uint32_t rule = 0; rule < 8; ++rule) {
    std::string letter(1, static_cast<char>('a' + rule));
    entries.push_back(glob("/d/*" + letter + "*" + letter + "*.x" + letter, rule));
  }
  PathAutomaton automaton = built(entries);
  EXPECT_GT(automaton.sizes.most_automata, 1u);
  EXPECT_LE(automaton.sizes.most_automata, static_cast<uint32_t>(LSMP_PATH_GROUPS));
  for (uint32_t rule = 0; rule < 8; ++rule) {
    std::string letter(1, static_cast<char>('a' + rule)), path = "/d/abcdefgh" + letter + ".x" + letter;
    PathAnswer answer = lookupPath(automaton.words, path);
    EXPECT_EQ(answer.rule, rule);
    EXPECT_FALSE(lookupPath(automaton.words, "/d/abcdefgh.x" + letter).rule);
  }
}

TEST(PathAutomaton, Limits) {
  PathExcess excess = refused({glob("/a", 0), glob("/{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}", 7)});
  EXPECT_EQ(excess.kind, PathExcess::Kind::Alternatives);
  EXPECT_EQ(excess.rules, std::vector<uint32_t>{7});
  excess = refused({glob("/a**b**c**d**e**f**g", 3)});
  EXPECT_EQ(excess.kind, PathExcess::Kind::Sequences);
  EXPECT_EQ(excess.rules, std::vector<uint32_t>{3});
  excess = refused({glob("/d/*.x", 1), glob("/d/*a????????????????", 2)});
  EXPECT_EQ(excess.kind, PathExcess::Kind::Component);
  EXPECT_EQ(excess.rules, std::vector<uint32_t>{2});
  EXPECT_GT(excess.found, excess.limit);
  EXPECT_GT(excess.own, 500u);
  excess = refused({literal("/a"), literal("/b"), literal("/c", 4)}, {8, 1u << 20, 2});
  EXPECT_EQ(excess.kind, PathExcess::Kind::Forms);
  EXPECT_EQ(excess.rules, std::vector<uint32_t>{4});
  EXPECT_EQ(refused({literal("/a")}, {8, 16}).kind, PathExcess::Kind::Words);
}

TEST(PathAutomaton, ActiveNodesAreBounded) {
  std::vector<PathEntry> entries;
  for (uint32_t rule = 0; rule < 9; ++rule)
    entries.push_back(glob("/**/" + std::string(1, static_cast<char>('a' + rule)) + "/**/x", 10 + rule));
  PathExcess excess = refused(entries);
  EXPECT_EQ(excess.kind, PathExcess::Kind::Active);
  EXPECT_EQ(excess.found, 9u);
  EXPECT_GE(excess.rules.size(), 6u);
  entries.resize(6);  // one for the first `/**`, one for each behind a name, one for the last name
  PathAutomaton automaton = built(entries);
  EXPECT_EQ(automaton.sizes.most_active, 8u);
  PathAnswer answer = lookupPath(automaton.words, "/z/a/b/c/d/e/f/a/x");
  EXPECT_EQ(answer.rule, 10u);
  EXPECT_EQ(answer.most_active, 8u);
}

// A name that two wildcards fit makes two nodes active, and is found as one that does.
TEST(PathAutomaton, WildcardsThatOneNameFitsAreCounted) {
  EXPECT_EQ(built({glob("/a*/x/y", 0), glob("/*b/y/z", 1)}).sizes.most_active, 2u);
  EXPECT_EQ(built({glob("/a*/x/y", 0), glob("/b*/y/z", 1)}).sizes.most_active, 1u);
  PathExcess excess = refused({glob("/a*/x/y", 0), glob("/*b/y/z", 1), glob("/?[^c]?/q/r", 2)}, {2});
  EXPECT_EQ(excess.kind, PathExcess::Kind::Active);
  EXPECT_TRUE(excess.shown);
  EXPECT_EQ(excess.witness.size(), 4u);
}

TEST(PathAutomaton, LooksUpWholePathsOnce) {
  std::vector<PathEntry> entries;
  for (uint32_t rule = 0; rule < 3000; ++rule) entries.push_back(literal("/a/b/c/" + std::to_string(rule), rule));
  PathAutomaton automaton = built(entries);
  EXPECT_EQ(automaton.sizes.exact, 3000u);
  for (uint32_t rule = 0; rule < 3000; ++rule) {
    PathAnswer answer = lookupPath(automaton.words, "/a/b/c/" + std::to_string(rule));
    ASSERT_EQ(answer.rule, rule);
    ASSERT_LE(answer.buckets, 2u);
    ASSERT_FALSE(lookupPath(automaton.words, "/a/b/d/" + std::to_string(rule)).rule);
  }
}
