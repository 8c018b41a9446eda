#include "runtime/utf8.h"

namespace lsmpc::runtime {
namespace {

struct Lead {
  unsigned char mask, value;
  size_t bytes;
  char32_t least;  // what is smaller has a shorter form
};
constexpr Lead kLeads[] = {{0x80, 0x00, 1, 0}, {0xe0, 0xc0, 2, 0x80}, {0xf0, 0xe0, 3, 0x800}, {0xf8, 0xf0, 4, 0x10000}};

}  // namespace

Utf8Character firstCharacter(std::string_view text) {
  auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  Utf8Character none{false, 1, byte(0)};
  for (const Lead& lead : kLeads) {
    if ((byte(0) & lead.mask) != lead.value) continue;
    if (text.size() < lead.bytes) return none;
    char32_t code = byte(0) & static_cast<unsigned char>(~lead.mask);
    for (size_t i = 1; i < lead.bytes; ++i) {
      if ((byte(i) & 0xc0) != 0x80) return none;
      code = code << 6 | (byte(i) & 0x3f);
    }
    bool surrogate = code >= 0xd800 && code < 0xe000;
    return code < lead.least || code > 0x10ffff || surrogate ? none : Utf8Character{true, lead.bytes, code};
  }
  return none;
}

}  // namespace lsmpc::runtime
