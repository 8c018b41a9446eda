// LIBS: lsmpc_judge lsmpc_match lsmpc_policy lsmpc_base
// The judge's own matcher: by what docs/language.md says of patterns, and beside the reference of runtime/match.
#include <gtest/gtest.h>

#include "compiler/judge/glob.h"

using namespace lsmpc;

namespace {

using Kind = match::Pattern::Kind;

struct Line {
  const char *pattern, *subject;
  bool path, string;  // whether it fits as either
};

constexpr Line kLines[] = {
    {"/etc/*", "/etc/passwd", true, true},
    {"/etc/*", "/etc/a/b", false, true},
    {"/etc/**", "/etc/a/b", true, true},
    {"/etc/**", "/etc", false, false},
    {"/**", "/", false, true},
    {"**", "/", true, true},
    {"/*", "/", false, true},
    {"{/,/x}", "/", true, true},
    {"/**/x", "/x", false, false},
    {"/**/x", "/a/b/x", true, true},
    {"/a?c", "/abc", true, true},
    {"/a?c", "/a/c", false, true},
    {"/a[a-c]", "/ab", true, true},
    {"/a[a-c]", "/ad", false, false},
    {"/a[^b]c", "/a/c", false, true},
    {"/a[^b]c", "/abc", false, false},
    {"/a[b-]", "/a-", true, true},
    {"/{a,b{c,}}", "/bc", true, true},
    {"/{a,b{c,}}", "/b", true, true},
    {"/{a,b{c,}}", "/c", false, false},
    {"/a\\*", "/a*", true, true},
    {"/a\\*", "/ab", false, false},
    {"/[\\]]", "/]", true, true},
    {"/a,b", "/a,b", true, true},
    {"/\xff*", "/\xff\x80", true, true},
};

TEST(JudgeGlob, fitsAsTheLanguageSays) {
  for (const Line& line : kLines) {
    match::Pattern pattern{Kind::Glob, line.pattern};
    EXPECT_EQ(judge::fits(pattern, true, line.subject), line.path) << line.pattern << " " << line.subject;
    EXPECT_EQ(judge::fits(pattern, false, line.subject), line.string) << line.pattern << " " << line.subject;
    EXPECT_EQ(match::matches(pattern, match::Alphabet::Path, line.subject), line.path) << line.pattern << " " << line.subject;
  }
}

TEST(JudgeGlob, noPatternFitsNoPath) {
  EXPECT_FALSE(judge::fits({Kind::Glob, "**"}, true, ""));
  EXPECT_TRUE(judge::fits({Kind::Glob, "*"}, false, ""));
  EXPECT_TRUE(judge::fits({Kind::Literal, ""}, true, ""));
  EXPECT_FALSE(judge::fits({Kind::Under, "/"}, true, ""));
}

TEST(JudgeGlob, underIsByWholeComponents) {
  EXPECT_TRUE(judge::fits({Kind::Under, "/etc"}, true, "/etc"));
  EXPECT_TRUE(judge::fits({Kind::Under, "/etc"}, true, "/etc/a/b"));
  EXPECT_FALSE(judge::fits({Kind::Under, "/etc"}, true, "/etcetera"));
  EXPECT_TRUE(judge::fits({Kind::Under, "/"}, true, "/"));
}

}  // namespace
