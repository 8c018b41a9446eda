// A laid-out statement → lines.
#pragma once

#include <string>

#include "compiler/format/layout.h"

namespace lsmpc::format {

// Lines, as they are made.
class Text {
 public:
  void add(std::string_view piece);  // on the line
  void comment(const Comment& comment, uint32_t indent);
  void line(uint32_t indent, bool blank_above);  // begins one; none is empty at the start of the text or of what stands in brackets
  uint32_t column() const { return column_; }    // in code points
  std::string take() { return std::move(text_); }
  bool empty() const { return text_.empty(); }

 private:
  std::string text_;
  uint32_t column_ = 0;
  uint32_t comment_column_ = 0;
  bool opened_ = false;  // what was added last is an opening bracket
};

uint32_t codePoints(std::string_view text);

// Appends the statement to the line that is begun, without the comments before its first piece; `indent` is the line's.
void printStatement(const Layout& layout, const Pieces& all, uint32_t indent, Text& text);

}  // namespace lsmpc::format
