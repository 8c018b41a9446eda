// A text between quotes, as a policy writes it: read again it is the same.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace lsmpc::ast {

enum class Spelling : uint8_t {
  Text,  // a backslash is one character of it
  Glob,  // a backslash quotes what stands behind it, in the policy as in the glob
};
enum class Charset : uint8_t { Ascii, Utf8 };

std::string quoted(std::string_view text, Spelling spelling, Charset charset);

}  // namespace lsmpc::ast
