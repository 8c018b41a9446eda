// Words of a list, for people.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lsmpc::driver {

inline std::string joined(const std::vector<std::string>& words, std::string_view between = ", ") {
  std::string text;
  for (const std::string& word : words) (text += text.empty() ? "" : between) += word;
  return text;
}

}  // namespace lsmpc::driver
