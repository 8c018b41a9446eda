#include "compiler/match/interval_table.h"

#include <algorithm>

namespace lsmpc::match {
namespace {

constexpr Wide kFirstMapped = Wide{0xffff} << 32, kLastMapped = kFirstMapped | 0xffffffff;

// The largest power of two below `count`.
uint64_t firstStep(uint64_t count) {
  uint64_t step = 1;
  while (step * 2 < count) step *= 2;
  return count > 1 ? step : 0;
}

Wide endAt(const uint64_t* word, unsigned width) { return width == 2 ? Wide{word[0]} << 64 | word[1] : Wide{word[0]}; }

void appendTable(std::vector<uint64_t>& words, const std::vector<Span>& spans, unsigned width) {
  words.push_back(searchHead(spans.size()));
  for (const Span& span : spans) {
    appendEnd(words, span.low, width);
    appendEnd(words, span.high, width);
  }
}

// As sets.bpf.c has it: the last interval that does not begin beyond the number.
bool search(const uint64_t* table, Wide number, unsigned width) {
  if ((table[0] & 0xffffffff) == 0) return false;
  const uint64_t* interval = table + 1 + lastBegun(table + 1, table[0], number, width, 2 * width) * 2 * width;
  return endAt(interval, width) <= number && number <= endAt(interval + width, width);
}

}  // namespace

std::vector<Span> joined(std::vector<Span> spans) {
  std::sort(spans.begin(), spans.end(), [](const Span& a, const Span& b) { return a.low < b.low; });
  std::vector<Span> result;
  for (const Span& next : spans) {
    if (!result.empty() && (next.low <= result.back().high || next.low == result.back().high + 1))
      result.back().high = std::max(result.back().high, next.high);
    else
      result.push_back(next);
  }
  return result;
}

std::vector<uint64_t> numberTable(const std::vector<Span>& spans) {
  std::vector<uint64_t> words;
  appendTable(words, spans, 1);
  return words;
}

Families familiesOf(const Span& span) {
  Families found;
  if (span.low < kFirstMapped) found.v6.push_back({span.low, std::min(span.high, kFirstMapped - 1)});
  if (span.high > kLastMapped) found.v6.push_back({std::max(span.low, kLastMapped + 1), span.high});
  if (span.low <= kLastMapped && span.high >= kFirstMapped)
    found.v4.push_back({std::max(span.low, kFirstMapped) - kFirstMapped, std::min(span.high, kLastMapped) - kFirstMapped});
  return found;
}

uint64_t searchHead(uint64_t count) { return count | firstStep(count) << 32; }

void appendEnd(std::vector<uint64_t>& words, Wide end, unsigned width) {
  if (width == 2) words.push_back(static_cast<uint64_t>(end >> 64));
  words.push_back(static_cast<uint64_t>(end));
}

uint64_t lastBegun(const uint64_t* first, uint64_t head, Wide number, unsigned width, unsigned stride) {
  uint64_t count = head & 0xffffffff, at = 0;
  for (uint64_t step = head >> 32; step; step /= 2)
    if (at + step < count && endAt(first + (at + step) * stride, width) <= number) at += step;
  return at;
}

std::vector<uint64_t> networkTable(const std::vector<Span>& spans) {
  std::vector<Span> v4, v6;
  for (const Span& span : spans) {
    Families found = familiesOf(span);
    v4.insert(v4.end(), found.v4.begin(), found.v4.end());
    v6.insert(v6.end(), found.v6.begin(), found.v6.end());
  }
  std::vector<uint64_t> words = {0};
  appendTable(words, v4, 1);
  words[0] = words.size();
  appendTable(words, v6, 2);
  return words;
}

bool holdsNumber(const std::vector<uint64_t>& table, uint64_t number) { return search(table.data(), number, 1); }

bool holdsAddress(const std::vector<uint64_t>& table, Wide address) {
  if (address >> 32 == 0xffff) return search(table.data() + 1, address & 0xffffffff, 1);
  return search(table.data() + table[0], address, 2);
}

}  // namespace lsmpc::match
