// LIBS: lsmpc_match lsmpc_base
#include "compiler/match/near_names.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

using namespace lsmpc::match;

namespace {

Pattern glob(std::string text) { return {Pattern::Kind::Glob, std::move(text)}; }
Pattern literal(std::string text) { return {Pattern::Kind::Literal, std::move(text)}; }

std::string shown(const std::vector<Predicate>& predicates, size_t most = 4) {
  auto names = nearNames(predicates, most);
  if (!names) return "none";
  std::string text;
  for (const NearName& one : *names) text += (text.empty() ? "" : " ") + std::string(one.is_folder ? "in:" : "") + one.name;
  return text;
}

// A path's last two names.
bool hasOneOf(const std::string& path, const std::vector<NearName>& names) {
  size_t last = path.rfind('/'), before = last == 0 || last == std::string::npos ? std::string::npos : path.rfind('/', last - 1);
  std::string name = path.substr(last + 1), folder = before == std::string::npos ? "" : path.substr(before + 1, last - before - 1);
  return std::any_of(names.begin(), names.end(), [&](const NearName& one) { return one.name == (one.is_folder ? folder : name); });
}

class Source {
 public:
  explicit Source(uint32_t seed) : random_(seed) {}
  uint32_t below(uint32_t n) { return random_() % n; }

  std::string joined(const std::vector<std::string>& names) {
    std::string text;
    for (uint32_t i = 0, n = 1 + below(3); i < n; ++i) text += "/" + names[below(static_cast<uint32_t>(names.size()))];
    return text;
  }

 private:
  std::mt19937 random_;
};

}  // namespace

TEST(NearNames, OfWholePathsTheLast) {
  EXPECT_EQ(shown({{literal("/etc/shadow")}}), "shadow");
  EXPECT_EQ(shown({{literal("/etc/shadow")}, {glob("/etc/{shadow,gshadow}")}}), "gshadow shadow");
  EXPECT_EQ(shown({{glob("/home/*/.ssh/id_rsa"), glob("/**/id_rsa")}}), "id_rsa");
}

TEST(NearNames, OfAFolderWhosePathIsKnown) {
  EXPECT_EQ(shown({{glob("/etc/*")}}), "in:etc");
  EXPECT_EQ(shown({{glob("/srv/www/*.html")}, {literal("/etc/passwd")}}), "passwd in:www");
  EXPECT_EQ(shown({{glob("/srv/*/*.html")}}), "none");
  EXPECT_EQ(shown({{glob("/*")}}), "none");
}

TEST(NearNames, NoneWhereNamesSayNothing) {
  EXPECT_EQ(shown({{glob("/etc/**")}}), "none");
  EXPECT_EQ(shown({{{Pattern::Kind::Under, "/etc"}}}), "none");
  EXPECT_EQ(shown({{literal("")}}), "none");
  EXPECT_EQ(shown({{literal("/a/b")}, {glob("/**")}}), "none");
  EXPECT_EQ(shown({{literal("/a"), literal("/b"), literal("/c")}}, 2), "none");
}

TEST(NearNames, TheRootHasNone) { EXPECT_EQ(shown({{literal("/")}}), ""); }

// Whatever fits a pattern has one of its names.
TEST(NearNames, NoPathThatFitsIsFar) {
  Source source(7);
  size_t fit = 0, far = 0;
  for (int round = 0; round < 40'000; ++round) {
    Predicate predicate = {glob(source.joined({"a", "b", "ab", "a*", "?", "*", "**", "{a,b}", "[ab]b", "a**b"}))};
    auto names = nearNames({predicate}, 4);
    if (!names) continue;
    std::string path = source.joined({"a", "b", "ab", "bb", "aab"});
    bool has = hasOneOf(path, *names);
    far += !has;
    if (!matches(predicate[0], Alphabet::Path, path)) continue;
    ++fit;
    EXPECT_TRUE(has) << predicate[0].text << " fits " << path;
  }
  EXPECT_GT(fit, 500u);
  EXPECT_GT(far, 5'000u);
}
