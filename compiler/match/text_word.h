// Eight bytes of a text as the kernel's programs load them: the first is the lowest.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace lsmpc::match {

// Zero-padded where the text ends.
inline uint64_t wordAt(std::string_view text, size_t at) {
  uint64_t word = 0;
  for (size_t i = 0; i < 8 && at + i < text.size(); ++i) word |= uint64_t{static_cast<unsigned char>(text[at + i])} << 8 * i;
  return word;
}

}  // namespace lsmpc::match
