#include "compiler/drawing/wrap.h"

#include "compiler/base/markup.h"

namespace lsmpc::drawing {
namespace {

// Where the line that begins at `begin` ends, and where the next one begins.
struct Break {
  size_t end, next;
};

Break breakOf(std::string_view text, size_t begin, size_t width) {
  size_t at = begin, space = std::string_view::npos;
  for (size_t count = 0; at < text.size() && count < width; ++count) {
    if (text[at] == ' ' && count > width / 3) space = at;  // a long word goes on in the line of a short one
    at += base::characterAt(text, at).bytes;
  }
  if (at >= text.size()) return {text.size(), text.size()};
  if (text[at] == ' ') return {at, at + 1};
  if (space != std::string_view::npos) return {space, space + 1};
  return {at, at};
}

}  // namespace

std::vector<std::string> wrapped(std::string_view text, size_t width, size_t most) {
  std::vector<std::string> lines;
  for (size_t at = 0; at < text.size();) {
    if (lines.size() == most) {
      lines.back() += " …";
      break;
    }
    Break found = breakOf(text, at, width);
    lines.emplace_back(text.substr(at, found.end - at));
    at = found.next;
  }
  return lines;
}

}  // namespace lsmpc::drawing
