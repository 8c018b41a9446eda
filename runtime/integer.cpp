#include "runtime/integer.h"

#include <charconv>

namespace lsmpc::runtime {

std::optional<uint64_t> integerOf(std::string_view text) {
  uint64_t number = 0;
  int base = text.starts_with("0x") ? 16 : text.starts_with("0o") ? 8 : 10;
  if (base != 10) text.remove_prefix(2);
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
  bool whole = !text.empty() && error == std::errc() && end == text.data() + text.size();
  return whole ? std::optional(number) : std::nullopt;
}

}  // namespace lsmpc::runtime
