// Patterns that no path can match are faults of the author: found here, alternative by alternative.
#include <algorithm>

#include "runtime/match/alternatives.h"

namespace lsmpc::match {
namespace {

constexpr size_t kMaxAlternatives = 4096;

PatternError at(const GlobItem& item, std::string text) { return {item.offset, item.length, std::move(text)}; }

// The component that ends before item `end` is `.` or `..`, letter by letter.
std::optional<PatternError> checkDots(const Alternative& items, size_t begin, size_t end) {
  size_t count = end - begin;
  if (count == 0 || count > 2) return std::nullopt;
  for (size_t i = begin; i < end; ++i)
    if (!items[i]->isByte('.')) return std::nullopt;
  std::string dots(count, '.');
  return PatternError{items[begin]->offset, count, "no path has a component `" + dots + "`: the kernel has resolved it"};
}

std::optional<PatternError> checkAlternative(const Alternative& items, size_t glob_size) {
  if (items.empty()) return PatternError{0, glob_size, "an empty alternative, which matches no path"};
  if (!items[0]->isByte('/') && !items[0]->isLongRun())
    return at(*items[0], "a path starts with `/`, so every alternative of a pattern starts with `/` or `**`");
  size_t component = 0;
  for (size_t i = 0; i < items.size(); ++i) {
    if (!items[i]->isByte('/')) continue;
    if (i > 0 && items[i - 1]->isByte('/')) return at(*items[i], "an empty component, which no path has");
    if (auto error = checkDots(items, component, i)) return error;
    component = i + 1;
  }
  if (auto error = checkDots(items, component, items.size())) return error;
  if (items.size() > 1 && items.back()->isByte('/')) return at(*items.back(), "a path never ends in `/`");
  return std::nullopt;
}

size_t shortest(const GlobSequence& items) {
  size_t total = 0;
  for (const GlobItem& item : items) {
    if (item.kind == GlobItem::Kind::One) ++total;
    if (item.kind != GlobItem::Kind::Choice || item.choices.empty()) continue;
    size_t least = shortest(item.choices.front());
    for (const GlobSequence& choice : item.choices) least = std::min(least, shortest(choice));
    total += least;
  }
  return total;
}

}  // namespace

std::optional<PatternError> checkGlob(std::string_view glob, Alphabet alphabet) {
  ParsedGlob parsed = parseGlob(glob, alphabet);
  if (parsed.error || alphabet == Alphabet::String) return parsed.error;
  std::optional<std::vector<Alternative>> alternatives = alternativesOf(parsed.items, kMaxAlternatives);
  if (!alternatives) return PatternError{0, glob.size(), "more than " + std::to_string(kMaxAlternatives) + " alternatives in one pattern"};
  for (const Alternative& alternative : *alternatives)
    if (auto error = checkAlternative(alternative, glob.size())) return error;
  return std::nullopt;
}

size_t shortestMatch(std::string_view glob, Alphabet alphabet) { return shortest(parseGlob(glob, alphabet).items); }

std::optional<PatternError> checkPathLiteral(std::string_view path) {
  if (path.empty() || path == "/") return std::nullopt;
  if (path.size() >= 4096) return PatternError{0, path.size(), "a path of 4096 bytes or more, which no object has"};
  if (path[0] != '/') return PatternError{0, 1, "a path starts with `/`"};
  if (path.back() == '/') return PatternError{path.size() - 1, 1, "a path never ends in `/`"};
  for (size_t begin = 1; begin <= path.size();) {
    size_t end = std::min(path.find('/', begin), path.size());
    std::string_view component = path.substr(begin, end - begin);
    if (component.empty()) return PatternError{begin, 1, "an empty component, which no path has"};
    if (component == "." || component == "..")
      return PatternError{begin, component.size(), "no path has a component `" + std::string(component) + "`: the kernel has resolved it"};
    begin = end + 1;
  }
  return std::nullopt;
}

}  // namespace lsmpc::match
