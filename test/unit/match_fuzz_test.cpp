// LIBS: lsmpc_match lsmpc_base
// Seeded: the automaton against the backtracking reference, on random globs and subjects that nearly match.
#include <gtest/gtest.h>

#include <random>

#include "compiler/match/dfa.h"

using namespace lsmpc::match;

namespace {

class Source {
 public:
  explicit Source(uint32_t seed) : random_(seed) {}

  uint32_t below(uint32_t n) { return random_() % n; }
  char letter() { return "ab"[below(2)]; }

  std::string glob(int depth) {
    std::string text;
    for (uint32_t i = 0, n = 1 + below(5); i < n; ++i) text += piece(depth);
    return text;
  }

  std::string subject() {
    std::string text;
    for (uint32_t i = 0, n = below(7); i < n; ++i) text += below(3) == 0 ? '/' : letter();
    return below(4) == 0 ? text : "/" + text;
  }

  std::string mutate(std::string text) {
    if (text.empty()) return text;
    size_t at = below(static_cast<uint32_t>(text.size()));
    switch (below(4)) {
      case 0: text.erase(at, 1); break;
      case 1: text.insert(at, 1, letter()); break;
      case 2: text[at] = '/'; break;
      default: text[at] = letter(); break;
    }
    return text;
  }

  // One string that the glob's text suggests: stars and classes filled in, the first choice of braces.
  std::string instance(const std::string& glob) {
    std::string text;
    for (size_t i = 0; i < glob.size(); ++i) {
      if (glob[i] == '*')
        text += below(2) ? "" : std::string(1 + below(2), letter());
      else if (glob[i] == '?')
        text += letter();
      else if (glob[i] == '[')
        text += letter(), i = glob.find(']', i);
      else if (glob[i] != '{' && glob[i] != '}' && glob[i] != ',' && glob[i] != '\\')
        text += glob[i];
    }
    return text;
  }

 private:
  std::string piece(int depth) {
    switch (below(depth > 0 ? 11 : 9)) {
      case 0:
      case 1: return "/";
      case 2:
      case 3: return std::string(1, letter());
      case 4: return "*";
      case 5: return "**";
      case 6: return "?";
      case 7: return below(2) ? "[ab]" : "[^a]";
      case 8: return "\\a";
      default: return "{" + glob(depth - 1) + "," + (below(3) ? glob(depth - 1) : "") + "}";
    }
  }

  std::mt19937 random_;
};

uint32_t compare(uint32_t seed, Alphabet alphabet) {
  Source source(seed);
  std::vector<Predicate> predicates;
  std::vector<std::string> texts;
  for (uint32_t i = 0, n = 1 + source.below(4); i < n; ++i) {
    std::string text = source.glob(2);
    if (alphabet == Alphabet::Path && source.below(3)) text = "/" + text;
    predicates.push_back({{Pattern::Kind::Glob, text}});
    if (source.below(3) == 0) predicates.back().push_back({Pattern::Kind::Literal, source.subject()});
    if (source.below(4) == 0) predicates.back().push_back({Pattern::Kind::Under, "/" + std::string(1, source.letter())});
    texts.push_back(text);
  }
  DfaResult built = buildDfa(predicates, alphabet);
  EXPECT_TRUE(built.dfa) << seed;
  if (!built.dfa) return 0;
  uint32_t hits = 0;
  for (int i = 0; i < 40; ++i) {
    std::string subject = i % 2 ? source.subject() : source.instance(texts[source.below(static_cast<uint32_t>(texts.size()))]);
    if (source.below(2)) subject = source.mutate(subject);
    std::vector<uint32_t> expected;
    for (uint32_t id = 0; id < predicates.size(); ++id)
      for (const Pattern& pattern : predicates[id])
        if (matches(pattern, alphabet, subject)) {
          expected.push_back(id);
          break;
        }
    EXPECT_EQ(built.dfa->run(subject), expected) << "seed " << seed << " glob " << texts[0] << " subject " << subject;
    hits += !expected.empty();
  }
  return hits;
}

}  // namespace

TEST(MatchFuzz, PathsAgree) {
  uint32_t hits = 0;
  for (uint32_t seed = 1; seed <= 4000; ++seed) hits += compare(seed, Alphabet::Path);
  EXPECT_GT(hits, 10'000u);  // the subjects do reach acceptance
}

TEST(MatchFuzz, StringsAgree) {
  uint32_t hits = 0;
  for (uint32_t seed = 1; seed <= 2000; ++seed) hits += compare(seed, Alphabet::String);
  EXPECT_GT(hits, 10'000u);
}

// Nonsense in, a verdict out: never a crash, and what the checker lets through has a subject.
TEST(MatchFuzz, CheckerTakesAnyBytes) {
  std::mt19937 random(7);
  for (int i = 0; i < 20'000; ++i) {
    std::string text;
    for (uint32_t n = random() % 12; n-- > 0;) text += "/a*?[]{},\\^-.\x80"[random() % 14];
    if (checkGlob(text, Alphabet::Path)) continue;
    DfaResult built = buildDfa({{{Pattern::Kind::Glob, text}}}, Alphabet::Path);
    ASSERT_TRUE(built.dfa);
    EXPECT_GT(built.dfa->accept_sets.size(), 1u) << text;
  }
}
