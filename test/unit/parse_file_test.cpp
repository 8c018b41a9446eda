// LIBS: lsmpc_parse lsmpc_ast lsmpc_diag lsmpc_base
#include <gtest/gtest.h>

#include "compiler/diag/render.h"
#include "compiler/parse/parse.h"

namespace lsmpc::parse {
namespace {

struct Parsed {
  base::SourceSet sources;
  diag::Emitter emitter;
  std::optional<ast::File> file;
  std::string messages;

  explicit Parsed(std::string text) {
    base::FileId id = sources.add("t.lsmp", std::move(text));
    file = parseFile(sources, id, emitter);
    messages = diag::renderText(emitter.sorted(), sources, false);
  }
  std::string dump() const { return file ? ast::print(*file) : "<none>"; }
  std::vector<diag::Kind> kinds() const {
    std::vector<diag::Kind> result;
    for (const auto& d : emitter.sorted()) result.push_back(d.kind);
    return result;
  }
};

std::string condition(const std::string& text) {
  Parsed parsed("on h when " + text + " deny\n");
  EXPECT_EQ(parsed.messages, "");
  std::string dump = parsed.dump();
  size_t begin = dump.find("when ") + 5;
  return dump.substr(begin, dump.find('\n', begin) - begin);
}

TEST(Parse, TheFirstExampleOfTheReadme) {
  EXPECT_EQ(Parsed("on file_open when path ~ \"/etc/*\" deny EPERM").dump(), "on file_open\n  when (path ~ \"/etc/*\")\n  deny EPERM\n");
}

TEST(Parse, EveryStatement) {
  Parsed parsed(
      "policy protect-etc version \"1.2.0\" mode audit # why\nuse std.net\nlet root = \"/srv/**\"\n"
      "set ports : port = { 22, 80..90, }\non a, b if present when path ~ root deny EACCES audit \"m\"\non c allow quiet\n"
      "## Doc.\n## More.\nattribute parent.x : uid on * = current().cred.uid.val\n");
  EXPECT_EQ(parsed.messages, "");
  EXPECT_EQ(parsed.dump(),
            "policy protect-etc version \"1.2.0\" mode audit\nuse std.net\nlet root = \"/srv/**\"\nset ports : port = {22, 80..90}\n"
            "on a, b if present\n  when (path ~ root)\n  deny EACCES\n  audit \"m\"\non c\n  allow\n  quiet\n"
            "attribute parent.x : uid on *\n  = current().cred.uid.val\n");
  EXPECT_EQ(std::get<ast::AttributeDeclaration>(parsed.file->statements.back()).doc, "Doc.\nMore.");
}

TEST(Parse, PrecedenceIsThatOfTheLanguagePage) {
  EXPECT_EQ(condition("a == 1 or b == 2 and not c == 3"), "((a == 1) or ((b == 2) and (not (c == 3))))");
  EXPECT_EQ(condition("not x in s"), "(not (x in s))");
  EXPECT_EQ(condition("a & b == c"), "((a & b) == c)");
  EXPECT_EQ(condition("flags has A | B and caps has any C"), "((flags has (A | B)) and (caps has any C))");
  EXPECT_EQ(condition("port not in {53, 443, 8000..8099}"), "(port not in {53, 443, 8000..8099})");
  EXPECT_EQ(condition("port in 443..8099"), "(port in 443..8099)");
  EXPECT_EQ(condition("path !~ {\"/a\", \"/b\"} and arg.a.b.mode == null"), "((path !~ {\"/a\", \"/b\"}) and (arg.a.b.mode == null))");
  EXPECT_EQ(condition("f(x, if(a, 1, 2)).y[3].z == -5"), "(f(x, if(a, 1, 2)).y[3].z == -5)");
}

TEST(Parse, Literals) {
  EXPECT_EQ(condition("a == 0x1f"), "(a == 31)");
  EXPECT_EQ(condition("a == 0o644"), "(a == 420)");
  EXPECT_EQ(condition("a == 18446744073709551615"), "(a == 18446744073709551615)");
  EXPECT_EQ(condition("a in {10.0.0.0/8, 2001:db8::/32, ::1}"), "(a in {10.0.0.0/8, 2001:db8:0:0:0:0:0:0/32, 0:0:0:0:0:0:0:1})");
  EXPECT_EQ(condition(R"(a == "q\"\x41\n")"), R"((a == "q\"A\x0a"))");
}

struct Wrong {
  std::string text;
  std::vector<diag::Kind> kinds;
};

class ParseWrong : public testing::TestWithParam<Wrong> {};

TEST_P(ParseWrong, GivesJustTheseErrors) {
  Parsed parsed(GetParam().text);
  EXPECT_EQ(parsed.kinds(), GetParam().kinds) << parsed.messages;
}

using diag::Kind;
INSTANTIATE_TEST_SUITE_P(
    Sources, ParseWrong,
    testing::Values(Wrong{"", {Kind::EmptyFile}}, Wrong{"# only a comment\n", {Kind::EmptyFile}},
                    Wrong{std::string("on h\0deny", 9), {Kind::NotText}}, Wrong{"on h deny \"\xff\"", {Kind::NotText}},
                    Wrong{std::string(17u << 20, 'a'), {Kind::FileTooLarge}},
                    Wrong{"on h when " + std::string(100000, '(') + "a", {Kind::TooDeep}},
                    Wrong{"on h when a == 1 " +
                              [] {
                                std::string s;
                                for (int i = 0; i < 20000; ++i) s += "or a == 1 ";
                                return s;
                              }() +
                              "deny",
                          {Kind::TooLong}},
                    Wrong{"on h when a == \"open deny\n", {Kind::OpenString}}, Wrong{"on h when a == \"\\q\" deny", {Kind::BadEscape}},
                    Wrong{"on h when a == 12ab deny", {Kind::BadNumber}},
                    Wrong{"on h when a == 18446744073709551616 deny", {Kind::NumberTooLarge}},
                    Wrong{"on h when a == 1.2.3.400 deny", {Kind::BadAddress}}, Wrong{"on h when a in 1.2.3.4/33 deny", {Kind::BadPrefix}},
                    Wrong{"on h when a == 1 $ deny", {Kind::StrayCharacter}}, Wrong{"test \"x\" {\n}\n", {Kind::Syntax}},
                    Wrong{"on h rate\n", {Kind::Syntax}}, Wrong{"policy a mode maybe\non h deny", {Kind::UnknownMode}},
                    Wrong{"on h when a == 1 == 2 deny", {Kind::Syntax}}, Wrong{"on h when a ==\n", {Kind::Syntax}},
                    Wrong{"on h\n", {Kind::Syntax}}, Wrong{"on h deny )\n", {Kind::Syntax}},
                    Wrong{[] {
                            std::string s;
                            for (int i = 0; i < 300; ++i) s += "scope when a {\n";
                            return s;
                          }(),
                          {Kind::TooDeep, Kind::OpenBlock}},
                    // Errors of several statements come in one run, in order.
                    Wrong{"on when deny deny\non h when ( deny\nlet x 3\non ok deny\n", {Kind::Syntax, Kind::Syntax}},
                    Wrong{"on h when a == 1 & deny\nlet = 3\n", {Kind::Syntax, Kind::Syntax}}));

TEST(Parse, AnErrorShowsTheLineAndTheCaret) {
  Parsed parsed("let a = 1\non file_open whn path == \"/a\" deny\n");
  EXPECT_EQ(parsed.messages,
            "t.lsmp:2:14: error E0004: found `whn`, expected `,`, `default`, `if`, `when` or an action (`deny`, `allow`, `kill`, `audit`, "
            "`quiet`, `rate`)\n"
            " 2 | on file_open whn path == \"/a\" deny\n   |              ^~~\n");
}

TEST(Parse, StatementsAfterAnErrorAreRead) {
  Parsed parsed("on h when ( deny\non ok deny\n");
  EXPECT_EQ(parsed.dump(), "on ok\n  deny\n");
}

TEST(Parse, TokensAreShownWithTheirPlaces) {
  base::SourceSet sources;
  diag::Emitter emitter;
  EXPECT_EQ(dumpTokens(sources, sources.add("t", "on h\n  deny"), emitter), "1:1 ON on\n1:4 NAME h\n2:3 DENY deny\n");
}

}  // namespace
}  // namespace lsmpc::parse
