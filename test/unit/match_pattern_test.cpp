// LIBS: lsmpc_match lsmpc_base
#include <gtest/gtest.h>

#include "compiler/match/dfa.h"
#include "runtime/match/pattern.h"

using namespace lsmpc::match;

namespace {

bool glob(std::string_view pattern, std::string_view subject, Alphabet alphabet = Alphabet::Path) {
  Pattern p{Pattern::Kind::Glob, std::string(pattern)};
  bool expected = matches(p, alphabet, subject);
  DfaResult built = buildDfa({{p}}, alphabet);
  EXPECT_TRUE(built.dfa);
  if (built.dfa) {
    EXPECT_EQ(built.dfa->run(subject).size(), expected ? 1u : 0u) << pattern << " on " << subject;
  }
  return expected;
}

bool under(std::string_view directory, std::string_view subject) {
  Pattern p{Pattern::Kind::Under, std::string(directory)};
  bool expected = matches(p, Alphabet::Path, subject);
  EXPECT_EQ(buildDfa({{p}}, Alphabet::Path).dfa->run(subject).size(), expected ? 1u : 0u) << directory << " on " << subject;
  return expected;
}

std::string fault(std::string_view pattern, Alphabet alphabet = Alphabet::Path) {
  auto error = checkGlob(pattern, alphabet);
  return error ? std::to_string(error->offset) + "+" + std::to_string(error->length) + " " + error->text : "";
}

}  // namespace

TEST(MatchGlob, StarsStayInTheirComponents) {
  EXPECT_TRUE(glob("/etc/*", "/etc/passwd"));
  EXPECT_FALSE(glob("/etc/*", "/etc/ssh/config"));
  EXPECT_FALSE(glob("/etc/*", "/etc"));
  EXPECT_FALSE(glob("/etc/*", "/etc/"));
  EXPECT_TRUE(glob("/etc/**", "/etc/ssh/config"));
  EXPECT_FALSE(glob("/etc/**", "/etc"));
  EXPECT_FALSE(glob("/etc/**", "/etcetera/x"));
  EXPECT_TRUE(glob("/home/*/.ssh/**", "/home/a/.ssh/id"));
  EXPECT_FALSE(glob("/home/*/.ssh/**", "/home/.ssh/id"));
  EXPECT_TRUE(glob("/a**z", "/a/b/z"));
  EXPECT_TRUE(glob("/a**z", "/az"));
  EXPECT_TRUE(glob("/**/x", "/a/b/x"));
  EXPECT_FALSE(glob("/**/x", "/x"));
  EXPECT_TRUE(glob("/**x", "/x"));
}

TEST(MatchGlob, RootAndEmptyPath) {
  EXPECT_FALSE(glob("/**", "/"));
  EXPECT_FALSE(glob("/*", "/"));
  EXPECT_TRUE(glob("/", "/"));
  EXPECT_TRUE(glob("**", "/"));
  EXPECT_TRUE(glob("{/,/etc}", "/"));
  EXPECT_TRUE(glob("/{,etc}", "/"));
  EXPECT_FALSE(glob("**", ""));
  EXPECT_FALSE(glob("/**", ""));
  Pattern empty{Pattern::Kind::Literal, ""};
  EXPECT_TRUE(matches(empty, Alphabet::Path, ""));
  EXPECT_EQ(buildDfa({{empty}}, Alphabet::Path).dfa->run("").size(), 1u);
  EXPECT_EQ(buildDfa({{empty}}, Alphabet::Path).dfa->run("/").size(), 0u);
}

TEST(MatchGlob, ClassesBracesQuotes) {
  EXPECT_TRUE(glob("/d/[a-c]?", "/d/bz"));
  EXPECT_FALSE(glob("/d/[^a-c]", "/d/b"));
  EXPECT_FALSE(glob("/d[^a-c]x", "/d/x"));
  EXPECT_FALSE(glob("/d?x", "/d/x"));
  EXPECT_TRUE(glob("/{usr/{bin,sbin},bin}/sh", "/usr/sbin/sh"));
  EXPECT_TRUE(glob("/{usr/{bin,sbin},bin}/sh", "/bin/sh"));
  EXPECT_FALSE(glob("/{usr/{bin,sbin},bin}/sh", "/usr/sh"));
  EXPECT_TRUE(glob("/a\\*b,c", "/a*b,c"));
  EXPECT_FALSE(glob("/a\\*b", "/axb"));
  EXPECT_TRUE(glob("/x[\\]\\-]", "/x-"));
  EXPECT_TRUE(glob("/\xc3\xa9*", "/\xc3\xa9t\xc3\xa9"));
}

TEST(MatchGlob, StringsHaveNoSeparator) {
  EXPECT_TRUE(glob("security.*", "security.a/b", Alphabet::String));
  EXPECT_TRUE(glob("*", "", Alphabet::String));
  EXPECT_TRUE(glob("a?c", "a/c", Alphabet::String));
  EXPECT_TRUE(glob("ssh{,d}", "ssh", Alphabet::String));
}

TEST(MatchUnder, ByWholeComponents) {
  EXPECT_TRUE(under("/etc", "/etc"));
  EXPECT_TRUE(under("/etc", "/etc/a/b"));
  EXPECT_FALSE(under("/etc", "/etcetera"));
  EXPECT_TRUE(under("/", "/"));
  EXPECT_TRUE(under("/", "/a/b"));
  EXPECT_FALSE(under("/", ""));
}

TEST(MatchCheck, NamesTheFirstFault) {
  EXPECT_EQ(fault("/etc/**"), "");
  EXPECT_EQ(fault("{/srv/www,/usr/lib,/lib}/**"), "");
  EXPECT_EQ(fault("**/x"), "");
  EXPECT_EQ(fault("/"), "");
  EXPECT_EQ(fault("/a[b").substr(0, 18), "2+1 unclosed `[`");
  EXPECT_EQ(fault("/a{b,c").substr(0, 18), "2+1 unclosed `{`");
  EXPECT_EQ(fault("/a}").substr(0, 3), "2+1");
  EXPECT_EQ(fault("/a\\").substr(0, 3), "2+1");
  EXPECT_EQ(fault("/a[]").substr(0, 3), "2+2");
  EXPECT_EQ(fault("/a[z-a]").substr(0, 3), "3+3");
  EXPECT_EQ(fault("/a[/]b").substr(0, 3), "2+3");
  EXPECT_EQ(fault("/etc/").substr(0, 3), "4+1");
  EXPECT_EQ(fault("/a//b").substr(0, 3), "3+1");
  EXPECT_EQ(fault("/a/../b").substr(0, 3), "3+2");
  EXPECT_EQ(fault("etc/x").substr(0, 3), "0+1");
  EXPECT_EQ(fault("{/a,b}").substr(0, 3), "4+1");
  EXPECT_EQ(fault("*/x").substr(0, 3), "0+1");
  EXPECT_EQ(fault("").substr(0, 3), "0+0");
  EXPECT_EQ(fault("security.*", Alphabet::String), "");
  EXPECT_NE(fault("/" + std::string(5000, 'a')), "");
  EXPECT_NE(fault(std::string(40, '{')), "");
  std::string many = "/";
  for (int i = 0; i < 20; ++i) many += "{a,b}";
  EXPECT_NE(fault(many), "");
}

TEST(MatchCheck, PathLiterals) {
  EXPECT_FALSE(checkPathLiteral(""));
  EXPECT_FALSE(checkPathLiteral("/"));
  EXPECT_FALSE(checkPathLiteral("/a/b.c/...d"));
  EXPECT_TRUE(checkPathLiteral("a"));
  EXPECT_TRUE(checkPathLiteral("/a/"));
  EXPECT_TRUE(checkPathLiteral("/a//b"));
  EXPECT_TRUE(checkPathLiteral("/a/./b"));
  EXPECT_TRUE(checkPathLiteral("/.."));
  EXPECT_TRUE(checkPathLiteral("/" + std::string(5000, 'a')));
}
