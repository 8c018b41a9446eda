// A line of a file of a set's values, one a line: read by the compiler (`set … = from "FILE"`) and by `lsmpctl set … --from FILE`.
#pragma once

#include <string_view>

namespace lsmpc::runtime {

// Without the comment, which `#` begins at the start or after a space, and without the space around.
inline std::string_view valueOfLine(std::string_view line) {
  constexpr std::string_view kBlank = " \t\r";
  for (size_t i = line.find('#'); i != std::string_view::npos; i = line.find('#', i + 1))
    if (i == 0 || kBlank.find(line[i - 1]) != std::string_view::npos) line = line.substr(0, i);
  size_t first = line.find_first_not_of(kBlank);
  return first == std::string_view::npos ? "" : line.substr(first, line.find_last_not_of(kBlank) + 1 - first);
}

}  // namespace lsmpc::runtime
