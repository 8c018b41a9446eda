// Text that stands in HTML, SVG or XML.
#pragma once

#include <string>
#include <string_view>

namespace lsmpc::base {

// What a reader would not see, or see elsewhere, is shown by its number, ⟨U+202E⟩: controls but for newlines and tabs, marks that turn the direction
// of text, characters without width. So is each byte, ⟨FF⟩, that is no UTF-8.
std::string visible(std::string_view text);
// The same, fit for an element or a quoted attribute.
std::string escaped(std::string_view text);

// The character that begins at `text[at]` (at < size) in UTF-8. Its bytes are 1 and `valid` is false where none does.
struct Character {
  char32_t code = 0;
  size_t bytes = 1;
  bool valid = true;
};
Character characterAt(std::string_view text, size_t at);

}  // namespace lsmpc::base
