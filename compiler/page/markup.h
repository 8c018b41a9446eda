// HTML that is made of elements and text: no string gets into it but escaped.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lsmpc::page {

class Markup {
 public:
  Markup() = default;
  Markup(std::string_view text);  // NOLINT: text is what most of a page is made of
  Markup(const char* text) : Markup(std::string_view(text)) {}
  Markup(const std::string& text) : Markup(std::string_view(text)) {}
  // Made by this compiler: a drawing, a style sheet.
  static Markup made(std::string html);

  Markup& operator+=(const Markup& more);
  friend Markup operator+(Markup left, const Markup& right) { return left += right; }
  const std::string& html() const { return html_; }
  bool empty() const { return html_.empty(); }

 private:
  std::string html_;
};

struct Attribute {
  std::string_view name;
  std::string value;
};
using Attributes = std::vector<Attribute>;

Markup element(std::string_view name, const Markup& inner, const Attributes& attributes = {});
Markup emptyElement(std::string_view name, const Attributes& attributes);  // that has no end

// What most are: with a class, a paragraph, a link within the page, words of a policy.
Markup span(std::string_view style, const Markup& inner);
Markup paragraph(const Markup& inner, std::string_view style = "");
Markup link(const std::string& anchor, const Markup& inner);
Markup code(const Markup& inner);
// What stands between two backticks is code; `sentence` begins with a capital letter, where it does not begin with code.
Markup prose(std::string_view text);
Markup sentence(std::string text);
Markup list(std::string_view name, const std::vector<Markup>& items, std::string_view style = "");  // ul, ol

// Scrolls in a box of its own where the page is narrow. Rows are named by their first cell.
Markup table(const std::string& caption, const std::vector<std::string>& head, const std::vector<std::vector<Markup>>& rows);

}  // namespace lsmpc::page
