#include "runtime/printable.h"

#include <charconv>

#include "runtime/utf8.h"

namespace lsmpc::runtime {

std::string printable(std::string_view bytes) {
  std::string text;
  for (size_t i = 0; i < bytes.size();) {
    Utf8Character next = firstCharacter(bytes.substr(i));
    if (!next.valid) {
      constexpr char kHex[] = "0123456789abcdef";
      text += std::string("\\x") + kHex[next.code >> 4] + kHex[next.code & 15];
    } else {
      if (next.code == '\\') text += '\\';
      text += bytes.substr(i, next.bytes);
    }
    i += next.bytes;
  }
  return text;
}

std::string bytesOf(std::string_view printable) {
  std::string bytes;
  for (size_t i = 0; i < printable.size(); ++i) {
    std::string_view rest = printable.substr(i);
    unsigned char byte = 0;
    if (rest.starts_with("\\x") && rest.size() >= 4 && std::from_chars(rest.data() + 2, rest.data() + 4, byte, 16).ptr == rest.data() + 4) {
      bytes += static_cast<char>(byte);
      i += 3;
    } else {
      if (rest.starts_with("\\\\")) ++i;
      bytes += rest[0];
    }
  }
  return bytes;
}

}  // namespace lsmpc::runtime
