// Bytes that may be UTF-8: names of files are any bytes.
#pragma once

#include <cstddef>
#include <string_view>

namespace lsmpc::runtime {

struct Utf8Character {
  bool valid = false;
  size_t bytes = 1;
  char32_t code = 0;  // where it is not valid, the one byte
};

// The first character of `text`, which is not empty. Overlong forms, surrogates and what is beyond U+10FFFF are not valid.
Utf8Character firstCharacter(std::string_view text);

}  // namespace lsmpc::runtime
