// Text in lines of a width, which is counted in characters.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lsmpc::drawing {

// Broken at spaces, and in words that are longer than a line. What is beyond `most` lines is an ellipsis.
std::vector<std::string> wrapped(std::string_view text, size_t width, size_t most);

}  // namespace lsmpc::drawing
