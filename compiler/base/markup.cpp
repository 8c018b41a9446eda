#include "compiler/base/markup.h"

#include <algorithm>
#include <iterator>

namespace lsmpc::base {
namespace {

struct Span {
  char32_t first, last;
};
// Categories Cc and Cf of the Unicode character database, and the separators that end a line, as far as they are not plain letters' own.
constexpr Span kUnseen[] = {{0x00, 0x08},     {0x0b, 0x1f},     {0x7f, 0x9f},     {0xad, 0xad},     {0x61c, 0x61c},   {0x180e, 0x180e},
                            {0x200b, 0x200f}, {0x2028, 0x202e}, {0x2060, 0x206f}, {0xfeff, 0xfeff}, {0xfff9, 0xfffb}, {0xe0000, 0xe007f}};

bool isUnseen(char32_t code) {
  return std::any_of(std::begin(kUnseen), std::end(kUnseen), [&](const Span& one) { return code >= one.first && code <= one.last; });
}

std::string hex(char32_t number, size_t digits) {
  std::string text;
  for (; number != 0 || text.size() < digits; number >>= 4) text.insert(text.begin(), "0123456789ABCDEF"[number & 15]);
  return text;
}

std::string_view entityOf(char character) {
  switch (character) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    default: return "";
  }
}

}  // namespace

Character characterAt(std::string_view text, size_t at) {
  auto lead = static_cast<unsigned char>(text[at]);
  if (lead < 0x80) return {lead, 1, true};
  size_t bytes = lead >= 0xf0 && lead < 0xf5 ? 4 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xc2 && lead < 0xe0 ? 2 : 0;
  if (bytes == 0 || at + bytes > text.size()) return {lead, 1, false};
  char32_t code = lead & (0x7fu >> bytes);
  for (size_t i = 1; i < bytes; ++i) {
    auto next = static_cast<unsigned char>(text[at + i]);
    if ((next & 0xc0) != 0x80) return {lead, 1, false};
    code = code << 6 | (next & 0x3fu);
  }
  constexpr char32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
  bool surrogate = code >= 0xd800 && code < 0xe000;
  return code < kLeast[bytes] || surrogate || code > 0x10ffff ? Character{lead, 1, false} : Character{code, bytes, true};
}

std::string visible(std::string_view text) {
  std::string result;
  for (size_t at = 0; at < text.size();) {
    Character one = characterAt(text, at);
    if (!one.valid)
      result += "⟨" + hex(one.code, 2) + "⟩";
    else if (isUnseen(one.code))
      result += "⟨U+" + hex(one.code, 4) + "⟩";
    else
      result += text.substr(at, one.bytes);
    at += one.bytes;
  }
  return result;
}

std::string escaped(std::string_view text) {
  std::string result;
  for (char character : visible(text)) {
    std::string_view entity = entityOf(character);
    if (entity.empty())
      result += character;
    else
      result += entity;
  }
  return result;
}

}  // namespace lsmpc::base
