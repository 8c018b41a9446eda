// LIBS: lsmpc_match lsmpc_base
// Seeded: the path automaton against the backtracking reference, on random rules over few letters and paths that nearly match them.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "compiler/match/path_automaton.h"
#include "compiler/match/path_lookup.h"
#include "runtime/abi/path_layout.h"

using namespace lsmpc::match;

namespace {

class Source {
 public:
  explicit Source(uint32_t seed) : random_(seed) {}

  uint32_t below(uint32_t n) { return static_cast<uint32_t>(random_() % n); }

  template <size_t N>
  std::string one(const char* const (&texts)[N]) {
    return texts[below(N)];
  }

  std::string glob() {
    static constexpr const char* kComponents[] = {"a",   "b",      "ab",   "ba",     "*",       "**",     "**",      "a*",
                                                  "*b",  "a?",     "?",    "[ab]",   "[^a]",    "[^ab]*", "{a,b}",   "{a,b/a}",
                                                  "a**", "**b",    "a**b", "*a*",    "a*b*",    "**a**",  "{a*,?b}", "{,a}b",
                                                  "\\a", "*[a-b]", "?*",   "{**,b}", "a{/**,}", "*a",     "b*"};
    std::string text;
    for (uint32_t i = 0, n = 1 + below(4); i < n; ++i) text += (i == 0 && below(8) == 0 ? "" : "/") + one(kComponents);
    return text;
  }

  std::string path() {
    if (below(40) == 0) return below(2) ? "" : "/";
    std::string text;
    for (uint32_t i = 0, n = 1 + below(6); i < n; ++i) {
      text += '/';
      for (uint32_t k = 1 + below(3); k > 0; --k) text += "aabbc"[below(5)];
    }
    return text;
  }

  Pattern pattern() {
    switch (below(8)) {
      case 0: return {Pattern::Kind::Literal, path()};
      case 1: {
        std::string text = path();
        return {Pattern::Kind::Under, text.empty() ? "/" : text};
      }
      default:
        for (;;)
          if (std::string text = glob(); !checkGlob(text, Alphabet::Path)) return {Pattern::Kind::Glob, text};
    }
  }

  std::vector<PathEntry> rules(uint32_t most) {
    std::vector<PathEntry> entries;
    uint32_t signatures = below(2) ? 1 : 1 + below(4);
    for (uint32_t rule = 0, n = 1 + below(most); rule < n; ++rule) {
      uint8_t signature = static_cast<uint8_t>(below(signatures));
      for (uint32_t i = 0, patterns = 1 + (below(4) == 0 ? below(3) : 0); i < patterns; ++i) {
        bool again = !entries.empty() && below(5) == 0;
        entries.push_back({again ? entries[below(static_cast<uint32_t>(entries.size()))].pattern : pattern(), rule, signature});
      }
    }
    return entries;
  }

  // Of one directory: many wildcards that one name fits, some with more behind them.
  std::vector<PathEntry> components() {
    static constexpr const char* kTokens[] = {"a", "b", "*", "*", "?", "[^a]", "[ab]"};
    static constexpr const char* kTails[] = {"", "", "", "", "/x", "/**", "{,/**}"};
    std::vector<PathEntry> entries;
    uint32_t signatures = below(2) ? 1 : 3;
    for (uint32_t rule = 0, n = 2 + below(12); rule < n; ++rule) {
      std::string text;
      for (uint32_t i = 0, tokens = 1 + below(5); i < tokens; ++i)
        if (std::string token = one(kTokens); token != "*" || !text.ends_with('*')) text += token;
      entries.push_back({{Pattern::Kind::Glob, "/d/" + text + one(kTails)}, rule, static_cast<uint8_t>(below(signatures))});
    }
    return entries;
  }

  std::string member() {
    std::string text = "/d/";
    for (uint32_t k = 1 + below(6); k > 0; --k) text += "aabbc"[below(5)];
    return text + (below(3) ? "" : below(2) ? "/x" : "/y/x");
  }

  uint64_t signatures() { return random_() % 16 | 1; }

 private:
  std::mt19937 random_;
};

std::optional<uint32_t> expected(const std::vector<PathEntry>& entries, std::string_view path, uint64_t signatures) {
  for (const PathEntry& entry : entries)
    if (signatures >> entry.signature & 1 && matches(entry.pattern, Alphabet::Path, path)) return entry.rule;
  return std::nullopt;
}

std::string shown(const std::vector<PathEntry>& entries) {
  std::string text;
  for (const PathEntry& entry : entries)
    text += "\n  " + std::to_string(entry.rule) + ":" + std::to_string(entry.signature) + " " +
            std::to_string(static_cast<int>(entry.pattern.kind)) + " " + entry.pattern.text;
  return text;
}

struct Tally {
  uint32_t sets = 0, refused = 0, paths = 0, hits = 0, wrong = 0;
};

void compare(const std::vector<PathEntry>& entries, const PathAutomaton& automaton, Source& source, std::string (Source::*make)(),
             Tally& tally) {
  uint32_t most_active = automaton.sizes.most_active, buckets = automaton.sizes.bucketsOfComponent();
  for (int i = 0; i < 60; ++i) {
    std::string path = (source.*make)();
    uint64_t signatures = source.signatures();
    PathAnswer answer = lookupPath(automaton.words, path, signatures);
    std::optional<uint32_t> right = expected(entries, path, signatures);
    ++tally.paths;
    tally.hits += right.has_value();
    size_t most_buckets = 2 + buckets * static_cast<size_t>(std::ranges::count(path, '/'));
    if (answer.rule == right && !answer.unresolved && answer.most_active <= most_active && answer.buckets <= most_buckets) continue;
    if (tally.wrong++ == 0)
      std::printf("%s, signatures %llx: %d, expected %d, %u active of %u%s\n", path.c_str(), static_cast<unsigned long long>(signatures),
                  answer.rule ? static_cast<int>(*answer.rule) : -1, right ? static_cast<int>(*right) : -1, answer.most_active, most_active,
                  shown(entries).c_str());
  }
}

struct Damage {
  const char* name;
  lsmp_path_header section;
  size_t stride, first;  // of the words
  uint64_t keep, flip;   // of their bits: reading goes on safely, and means something else
};

std::vector<uint64_t> damaged(std::vector<uint64_t> table, const Damage& damage) {
  size_t begin = static_cast<uint32_t>(table[damage.section]), count = table[damage.section] >> 32;
  size_t words = damage.section == LSMP_PATH_CLASSES ? 32 : damage.section == LSMP_PATH_TARGETS ? count / 2 : count * damage.stride;
  for (size_t i = begin + damage.first; i < begin + words; i += damage.stride) table[i] = (table[i] & damage.keep) ^ damage.flip;
  return table;
}

}  // namespace

TEST(PathAutomatonFuzz, AgreesWithTheReference) {
  Tally tally;
  for (uint32_t seed = 1; seed <= 6000 && tally.wrong == 0; ++seed) {
    Source source(seed);
    std::vector<PathEntry> entries = source.rules(6);
    PathAutomatonResult built = buildPathAutomaton(entries);
    ++tally.sets;
    if (built.automaton)
      compare(entries, *built.automaton, source, &Source::path, tally);
    else
      ++tally.refused;
  }
  EXPECT_EQ(tally.wrong, 0u);
  EXPECT_GT(tally.hits, tally.paths / 5);
  EXPECT_LT(tally.refused, tally.sets / 6);
}

TEST(PathAutomatonFuzz, WildcardsOfOneDirectoryAgree) {
  Tally tally;
  for (uint32_t seed = 1; seed <= 2000 && tally.wrong == 0; ++seed) {
    Source source(seed);
    std::vector<PathEntry> entries = source.components();
    PathAutomatonResult built = buildPathAutomaton(entries);
    ASSERT_TRUE(built.automaton) << shown(entries);
    compare(entries, *built.automaton, source, &Source::member, tally);
  }
  EXPECT_EQ(tally.wrong, 0u);
  EXPECT_GT(tally.hits, tally.paths / 4);
}

// The bound is not only kept but met: the path that a refusal names does have that many nodes active.
TEST(PathAutomatonFuzz, WitnessesAreWitnesses) {
  uint32_t witnesses = 0;
  for (uint32_t seed = 1; seed <= 2000; ++seed) {
    Source source(seed);
    std::vector<PathEntry> entries = source.rules(6);
    PathAutomatonResult built = buildPathAutomaton(entries);
    if (!built.automaton || built.automaton->sizes.most_active < 2) continue;
    PathAutomatonResult refused = buildPathAutomaton(entries, {built.automaton->sizes.most_active - 1});
    ASSERT_TRUE(refused.excess && refused.excess->kind == PathExcess::Kind::Active && refused.excess->shown);
    // Of the last component only the results count: one more.
    uint32_t active = lookupPath(built.automaton->words, refused.excess->witness + "/c").most_active;
    ASSERT_EQ(active, built.automaton->sizes.most_active) << refused.excess->witness << shown(entries);
    EXPECT_EQ(refused.excess->found, active);
    ++witnesses;
  }
  EXPECT_GT(witnesses, 1000u);
}

// What the comparison is worth: a table with any part damaged is found out.
TEST(PathAutomatonFuzz, FindsDamage) {
  constexpr uint64_t kAll = ~0ULL, kHash = 1ULL << 40;
  constexpr Damage kDamages[] = {
      {"root", LSMP_PATH_SELF, 1, 0, 0, 0},
      {"exact", LSMP_PATH_EXACT, LSMP_PATH_BUCKET_WORDS, 0, kAll, kHash},
      {"texts", LSMP_PATH_TEXTS, 1, 0, kAll, 1 << 8},
      {"edges", LSMP_PATH_EDGES, LSMP_PATH_BUCKET_WORDS, 0, kAll, kHash},
      {"names", LSMP_PATH_NAMES, 1, 0, kAll, 3},
      {"loops", LSMP_PATH_RECORDS, LSMP_PATH_RECORD_WORDS, 3, kAll, LSMP_PATH_LOOPS},
      {"results", LSMP_PATH_RECORDS, LSMP_PATH_RECORD_WORDS, 1, 0, 0},
      {"targets", LSMP_PATH_TARGETS, 1, 0, 0, 0},
      {"classes", LSMP_PATH_CLASSES, 1, 0, 0, 0},
      {"rows", LSMP_PATH_ROWS, 1, 0, kAll, 1},
      {"lists", LSMP_PATH_LISTS, 1, 0, kAll, 1},
  };
  for (const Damage& damage : kDamages) {
    Tally tally;
    for (uint32_t seed = 1; seed <= 200; ++seed) {
      Source source(seed);
      std::vector<PathEntry> entries = source.rules(6);
      PathAutomatonResult built = buildPathAutomaton(entries);
      if (!built.automaton) continue;
      std::vector<uint64_t> table = built.automaton->words;
      if (damage.section == LSMP_PATH_SELF)
        table[LSMP_PATH_SELF] = 0;
      else
        table = damaged(std::move(table), damage);
      for (int i = 0; i < 60; ++i) {
        std::string path = source.path();
        uint64_t signatures = source.signatures();
        tally.wrong += lookupPath(table, path, signatures).rule != expected(entries, path, signatures);
      }
    }
    EXPECT_GT(tally.wrong, 0u) << damage.name;
  }
}
