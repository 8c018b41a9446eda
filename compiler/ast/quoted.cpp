#include "compiler/ast/quoted.h"

#include <cstring>

namespace lsmpc::ast {
namespace {

constexpr const char* kQuotable = "*?[]{},^-\\";  // behind a backslash, in a glob that a policy writes

std::string byteText(unsigned char byte) {
  constexpr const char* kDigits = "0123456789abcdef";
  return std::string("\\x") + kDigits[byte >> 4] + kDigits[byte & 15];
}

std::string characterText(unsigned char c, Charset charset) {
  if (c == '"' || c == '\\') return std::string("\\") + static_cast<char>(c);
  bool plain = c >= 0x20 && (charset == Charset::Ascii ? c < 0x7f : c != 0x7f);
  return plain ? std::string(1, static_cast<char>(c)) : byteText(c);
}

}  // namespace

std::string quoted(std::string_view text, Spelling spelling, Charset charset) {
  std::string out = "\"";
  for (size_t i = 0; i < text.size(); ++i) {
    if (spelling == Spelling::Text || text[i] != '\\') {
      out += characterText(static_cast<unsigned char>(text[i]), charset);
    } else if (i + 1 < text.size() && std::strchr(kQuotable, text[i + 1]) && text[i + 1] != '\0') {
      out += text.substr(i++, 2);
    } else {
      out += byteText('\\');  // quotes a character that no policy need quote
    }
  }
  return out + '"';
}

}  // namespace lsmpc::ast
