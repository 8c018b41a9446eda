#include "runtime/match/alternatives.h"

namespace lsmpc::match {
namespace {

constexpr size_t kMaxItems = 1u << 20;

// `out` goes on with `items`, in every way.
bool expand(const GlobSequence& items, size_t most, std::vector<Alternative>& out) {
  size_t total = 0;
  for (const GlobItem& item : items) {
    if (item.kind != GlobItem::Kind::Choice) {
      for (Alternative& one : out) one.push_back(&item);
      if ((total += out.size()) > kMaxItems) return false;
      continue;
    }
    std::vector<Alternative> next;
    for (const GlobSequence& choice : item.choices) {
      std::vector<Alternative> with = out;
      if (!expand(choice, most, with)) return false;
      next.insert(next.end(), with.begin(), with.end());
      if (next.size() > most) return false;
    }
    out = std::move(next);
  }
  return true;
}

}  // namespace

std::optional<std::vector<Alternative>> alternativesOf(const GlobSequence& items, size_t most) {
  std::vector<Alternative> all(1);
  if (!expand(items, most, all)) return std::nullopt;
  return all;
}

}  // namespace lsmpc::match
