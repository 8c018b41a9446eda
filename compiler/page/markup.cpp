#include "compiler/page/markup.h"

#include "compiler/base/markup.h"

namespace lsmpc::page {
namespace {

std::string opened(std::string_view name, const Attributes& attributes) {
  std::string html = "<" + std::string(name);
  for (const Attribute& one : attributes) html += " " + std::string(one.name) + "=\"" + base::escaped(one.value) + "\"";
  return html + ">";
}

Attributes styled(std::string_view style) { return style.empty() ? Attributes{} : Attributes{{"class", std::string(style)}}; }

bool isBlock(std::string_view name) { return name != "a" && name != "code" && name != "span" && name != "strong"; }

}  // namespace

Markup::Markup(std::string_view text) : html_(base::escaped(text)) {}

Markup Markup::made(std::string html) {
  Markup markup;
  markup.html_ = std::move(html);
  return markup;
}

Markup& Markup::operator+=(const Markup& more) {
  html_ += more.html_;
  return *this;
}

Markup element(std::string_view name, const Markup& inner, const Attributes& attributes) {
  return Markup::made(opened(name, attributes) + inner.html() + "</" + std::string(name) + ">" + (isBlock(name) ? "\n" : ""));
}

Markup emptyElement(std::string_view name, const Attributes& attributes) { return Markup::made(opened(name, attributes) + "\n"); }

Markup span(std::string_view style, const Markup& inner) { return element("span", inner, styled(style)); }
Markup paragraph(const Markup& inner, std::string_view style) { return element("p", inner, styled(style)); }
Markup link(const std::string& anchor, const Markup& inner) { return element("a", inner, {{"href", "#" + anchor}}); }
Markup code(const Markup& inner) { return element("code", inner); }

Markup prose(std::string_view text) {
  Markup markup;
  while (!text.empty()) {
    size_t begin = text.find('`'), end = begin == std::string_view::npos ? begin : text.find('`', begin + 1);
    if (end == std::string_view::npos) return markup += text;
    markup += text.substr(0, begin);
    markup += code(text.substr(begin + 1, end - begin - 1));
    text.remove_prefix(end + 1);
  }
  return markup;
}

Markup sentence(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return prose(text);
}

Markup list(std::string_view name, const std::vector<Markup>& items, std::string_view style) {
  Markup inner;
  for (const Markup& item : items) inner += element("li", item);
  return element(name, inner, styled(style));
}

Markup table(const std::string& caption, const std::vector<std::string>& head, const std::vector<std::vector<Markup>>& rows) {
  Markup heads, body;
  for (const std::string& one : head) heads += element("th", one, {{"scope", "col"}});
  for (const std::vector<Markup>& row : rows) {
    Markup cells;
    for (size_t i = 0; i < row.size(); ++i) cells += i == 0 ? element("th", row[i], {{"scope", "row"}}) : element("td", row[i]);
    body += element("tr", cells);
  }
  Markup inner = element("caption", caption) + element("thead", element("tr", heads)) + element("tbody", body);
  Attributes focus{{"class", "scrolls"}, {"role", "region"}, {"aria-label", caption}, {"tabindex", "0"}};  // keys scroll it, too
  return element("div", element("table", inner), focus);
}

}  // namespace lsmpc::page
