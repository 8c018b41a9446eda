// LIBS: lsmpc_ast lsmpc_base
// What is printed between quotes and read again is the same, as a text and as a glob.
#include <gtest/gtest.h>

#include <random>

#include "compiler/ast/quoted.h"

using namespace lsmpc;

namespace {

// Of a string's escapes what compiler/parse makes a text and a glob of.
std::pair<std::string, std::string> readAgain(std::string_view quoted) {
  std::string text, glob;
  for (size_t i = 1; i + 1 < quoted.size(); ++i) {
    if (quoted[i] != '\\') {
      text += quoted[i], glob += quoted[i];
    } else if (quoted[i + 1] == 'x') {
      char byte = static_cast<char>(std::stoi(std::string(quoted.substr(i + 2, 2)), nullptr, 16));
      text += byte, glob += byte, i += 3;
    } else {
      bool own = quoted[i + 1] == '"';
      text += quoted[i + 1], glob += own ? "\"" : std::string(quoted.substr(i, 2)), i += 1;
    }
  }
  return {text, glob};
}

}  // namespace

TEST(AstQuoted, IsReadAgain) {
  std::mt19937 random(7);
  const std::string bytes = "ab/*?[]{},^-\\\\\\\"\n\x01\x7f\xff\xc3\xa4 ";
  for (int i = 0; i < 20000; ++i) {
    std::string text;
    for (size_t length = random() % 9; text.size() < length;) text += bytes[random() % bytes.size()];
    for (ast::Charset charset : {ast::Charset::Ascii, ast::Charset::Utf8}) {
      EXPECT_EQ(readAgain(ast::quoted(text, ast::Spelling::Text, charset)).first, text);
      EXPECT_EQ(readAgain(ast::quoted(text, ast::Spelling::Glob, charset)).second, text);
    }
  }
}

TEST(AstQuoted, QuotesOnce) {
  EXPECT_EQ(ast::quoted("/a\\*b", ast::Spelling::Glob, ast::Charset::Ascii), "\"/a\\*b\"");
  EXPECT_EQ(ast::quoted("/a\\b", ast::Spelling::Text, ast::Charset::Ascii), "\"/a\\\\b\"");
  EXPECT_EQ(ast::quoted("/a\\b\\", ast::Spelling::Glob, ast::Charset::Ascii), "\"/a\\x5cb\\x5c\"");
}
