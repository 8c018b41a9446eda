#include <algorithm>

#include "compiler/diag/pages.h"

namespace lsmpc::diag {

const Page* pageOf(std::string_view code) {
  auto all = pages();
  auto found = std::find_if(all.begin(), all.end(), [&](const Page& page) { return page.code == code; });
  return found == all.end() ? nullptr : &*found;
}

std::string_view titleOf(const Page& page) {
  std::string_view line = page.text.substr(0, page.text.find('\n'));
  size_t colon = line.find(": ");
  return colon == std::string_view::npos ? line : line.substr(colon + 2);
}

std::string_view meaningOf(const Page& page) {
  size_t message = page.text.find("\n    ");
  size_t begin = message == std::string_view::npos ? message : page.text.find("\n\n", message);
  if (begin == std::string_view::npos) return "";
  begin += 2;
  std::string_view meaning = page.text.substr(begin, page.text.find("\n## ", begin) - begin);
  while (meaning.ends_with('\n')) meaning.remove_suffix(1);
  return meaning;
}

}  // namespace lsmpc::diag
