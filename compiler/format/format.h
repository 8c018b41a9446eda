// A policy file → its canonical text (docs/formatting.md): one text for all layouts of the same tokens, comments and empty lines.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/ast/ast.h"
#include "compiler/base/source.h"

namespace lsmpc::format {

inline constexpr uint32_t kWidth = 140;  // of a line in code points, where what stands on it can be broken
inline constexpr uint32_t kIndent = 2;

// Where the tokens and the comments of a text stand, both in order.
struct Lexed {
  std::string_view text;
  const std::vector<base::Range>& tokens;
  const std::vector<base::Range>& comments;
};

// `file` is what was read of the same text, without an error.
std::string formatFile(const Lexed& lexed, const ast::File& file);

// Whether two texts hold the same tokens and the same comments, each in order. White space at the end of a comment, and a comma after the
// last element of a set, do not count.
bool sameContent(const Lexed& one, const Lexed& other);

}  // namespace lsmpc::format
