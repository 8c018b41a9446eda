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

void append(std::vector<uint64_t>& words, Wide end, unsigned width) {
  if (width == 2) words.push_back(static_cast<uint64_t>(end >> 64));
  words.push_back(static_cast<uint64_t>(end));
}

void appendTable(std::vector<uint64_t>& words, const std::vector<Span>& spans, unsigned width) {
  words.push_back(spans.size() | firstStep(spans.size()) << 32);
  for (const Span& span : spans) {
    append(words, span.low, width);
    append(words, span.high, width);
  }
}

// As sets.bpf.c has it: the last interval that does not begin beyond the number.
bool search(const uint64_t* table, Wide number, unsigned width) {
  uint64_t count = table[0] & 0xffffffff, at = 0;
  if (count == 0) return false;
  auto end = [&](uint64_t interval, unsigned which) {
    const uint64_t* word = table + 1 + (interval * 2 + which) * width;
    return width == 2 ? Wide{word[0]} << 64 | word[1] : Wide{word[0]};
  };
  for (uint64_t step = table[0] >> 32; step; step /= 2)
    if (at + step < count && end(at + step, 0) <= number) at += step;
  return end(at, 0) <= number && number <= end(at, 1);
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

std::vector<uint64_t> networkTable(const std::vector<Span>& spans) {
  std::vector<Span> v4, v6;
  for (const Span& span : spans) {
    if (span.low < kFirstMapped) v6.push_back({span.low, std::min(span.high, kFirstMapped - 1)});
    if (span.high > kLastMapped) v6.push_back({std::max(span.low, kLastMapped + 1), span.high});
    if (span.low <= kLastMapped && span.high >= kFirstMapped)
      v4.push_back({std::max(span.low, kFirstMapped) - kFirstMapped, std::min(span.high, kLastMapped) - kFirstMapped});
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
