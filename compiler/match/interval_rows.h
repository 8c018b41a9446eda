// Which of very many rules comes first for a number or an address: what the ranges of all rules cut the line into, each piece with its rules, for a search
// by halves. The result is a table of words (runtime/abi/interval_layout.h).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "compiler/match/interval_table.h"

namespace lsmpc::match {

// A rule holds for what any of its entries holds, and if what its signature stands for holds. Rules: below 2^23 - 1.
struct IntervalEntry {
  Span span;
  uint32_t rule;          // the lower the earlier
  uint8_t signature = 0;  // below 64; 0 always holds
};

struct IntervalSizes {
  uint64_t pieces = 0;
  uint32_t steps = 0;  // halvings of the longest search; of IPv6 addresses, which are two words, each is two
};

struct IntervalRows {
  std::vector<uint64_t> words;
  IntervalSizes sizes;
};

// Too many pieces on which rules of different signatures meet.
struct IntervalExcess {
  std::vector<uint32_t> rules;  // the one on most pieces first
  uint64_t found = 0, limit = 0;
};

struct IntervalRowsResult {
  std::optional<IntervalRows> rows;
  std::optional<IntervalExcess> excess;
};

constexpr uint64_t kMostIntervalWords = 4u << 20;  // 32 MiB

// Of 64 bits.
IntervalRowsResult numberRows(const std::vector<IntervalEntry>& entries, uint64_t most_words = kMostIntervalWords);
// IPv6 addresses, IPv4 as mapped ones.
IntervalRowsResult networkRows(const std::vector<IntervalEntry>& entries, uint64_t most_words = kMostIntervalWords);

// What the kernel side computes. `signatures`: bit N says whether the residual condition N holds; bit 0 is taken for set.
std::optional<uint32_t> rowOfNumber(const std::vector<uint64_t>& table, uint64_t number, uint64_t signatures = 1);
std::optional<uint32_t> rowOfAddress(const std::vector<uint64_t>& table, Wide address, uint64_t signatures = 1);

}  // namespace lsmpc::match
