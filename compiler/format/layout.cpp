#include "compiler/format/layout.h"

#include <algorithm>

namespace lsmpc::format {
namespace {

bool isOneOf(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

}  // namespace

Layout::Layout(const std::vector<Piece>& pieces, size_t first, size_t end)
    : pieces_(pieces),
      first_(first),
      end_(end),
      breaks_(end - first, Break::None),
      glued_(end - first, false),
      partner_(end - first, 0) {
  std::vector<size_t> open;
  for (size_t i = first; i < end; ++i) {
    if (isOneOf(pieces[i].text, {"(", "{", "["})) open.push_back(i);
    if (!isOneOf(pieces[i].text, {")", "}", "]"}) || open.empty()) continue;
    partner_[i - first] = open.back();
    partner_[open.back() - first] = i;
    open.pop_back();
  }
}

size_t Layout::at(uint32_t offset) const {
  auto begin = pieces_.begin() + static_cast<std::ptrdiff_t>(first_), end = pieces_.begin() + static_cast<std::ptrdiff_t>(end_);
  auto found = std::partition_point(begin, end, [&](const Piece& piece) { return piece.begin < offset; });
  return static_cast<size_t>(found - pieces_.begin());
}

bool Layout::inBrackets(size_t first, size_t last) const { return pieces_[first].text == "(" && partner_[first - first_] == last; }

bool Layout::spaceBefore(size_t piece) const {
  if (glued_[piece - first_]) return false;
  std::string_view before = pieces_[piece - 1].text, text = pieces_[piece].text;
  if (isOneOf(before, {"(", "[", ".", "..", "-"}) || (before == "{" && text == "}")) return false;
  return !isOneOf(text, {",", ")", "[", "]", ".", ".."});
}

std::vector<Group> Layout::groups() const {
  std::vector<Group> sorted = groups_;
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const Group& a, const Group& b) { return a.first != b.first ? a.first < b.first : a.last > b.last; });
  return sorted;
}

}  // namespace lsmpc::format
