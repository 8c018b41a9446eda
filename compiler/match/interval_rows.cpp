#include "compiler/match/interval_rows.h"

#include <algorithm>
#include <bit>
#include <map>
#include <queue>

#include "compiler/match/rule_lists.h"
#include "runtime/abi/interval_layout.h"

namespace lsmpc::match {
namespace {

constexpr uint64_t kHalf = 0xffffffff;
constexpr size_t kMostNamed = 4;

// From the lowest number up: which rules are open at each, by signature the first.
class Sweep {
 public:
  Sweep(std::vector<IntervalEntry> entries, unsigned width, RuleLists& lists, uint64_t most_words)
      : entries_(std::move(entries)),
        width_(width),
        lists_(lists),
        most_words_(most_words) {
    std::sort(entries_.begin(), entries_.end(), [](const IntervalEntry& a, const IntervalEntry& b) { return a.span.low < b.span.low; });
  }

  // Of numbers up to `last`. False: more words than there may be.
  bool run(Wide last) {
    auto next = entries_.begin();
    for (Wide begin : beginnings(last)) {
      for (; next != entries_.end() && next->span.low == begin; ++next) open_[next->signature].push({next->rule, next->span.high});
      RuleList rules = openAt(begin);
      uint32_t result = lists_.result(rules);
      for (RuleSignature one : rules) ++pieces_of_[one.rule];
      if (!begins_.empty() && results_.back() == result) continue;
      begins_.push_back(begin);
      results_.push_back(result);
      if (size() > most_words_) return false;
    }
    return true;
  }

  void append(std::vector<uint64_t>& words) const {
    words.push_back(searchHead(begins_.size()));
    for (Wide begin : begins_) appendEnd(words, begin, width_);
    size_t place = words.size();
    words.resize(place + (results_.size() + 1) / 2);
    for (size_t i = 0; i < results_.size(); ++i) words[place + i / 2] |= uint64_t{results_[i]} << i % 2 * 32;
  }

  size_t pieces() const { return begins_.size(); }

  IntervalExcess excess() const {
    std::vector<std::pair<uint64_t, uint32_t>> ranked;
    for (const auto& [rule, pieces] : pieces_of_) ranked.emplace_back(pieces, rule);
    std::sort(ranked.begin(), ranked.end(),
              [](const auto& a, const auto& b) { return a.first != b.first ? a.first > b.first : a.second < b.second; });
    ranked.resize(std::min(ranked.size(), kMostNamed));
    IntervalExcess excess{{}, size(), most_words_};
    for (const auto& one : ranked) excess.rules.push_back(one.second);
    return excess;
  }

 private:
  struct Open {
    uint32_t rule;
    Wide high;
    bool operator<(const Open& other) const { return rule > other.rule; }  // the first rule on top
  };

  uint64_t size() const { return begins_.size() * width_ + begins_.size() / 2 + lists_.words().size(); }

  std::vector<Wide> beginnings(Wide last) const {
    std::vector<Wide> all = {0};
    for (const IntervalEntry& entry : entries_) {
      all.push_back(entry.span.low);
      if (entry.span.high < last) all.push_back(entry.span.high + 1);
    }
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
  }

  RuleList openAt(Wide begin) {
    RuleList rules;
    for (auto& [signature, open] : open_) {
      while (!open.empty() && open.top().high < begin) open.pop();
      if (!open.empty()) rules.push_back({open.top().rule, signature});
    }
    return decisive(std::move(rules));
  }

  std::vector<IntervalEntry> entries_;
  unsigned width_;
  RuleLists& lists_;
  uint64_t most_words_;
  std::map<uint8_t, std::priority_queue<Open>> open_;
  std::map<uint32_t, uint64_t> pieces_of_;  // by rule
  std::vector<Wide> begins_;
  std::vector<uint32_t> results_;
};

uint32_t stepsOf(size_t pieces) { return static_cast<uint32_t>(std::bit_width(pieces - 1)); }

void appendLists(std::vector<uint64_t>& words, const RuleLists& lists) {
  words[0] |= words.size();
  words.insert(words.end(), lists.words().begin(), lists.words().end());
}

std::optional<uint32_t> rowOf(const std::vector<uint64_t>& table, uint32_t result, uint64_t signatures) {
  return ruleOf(result, table.data() + (table[0] & kHalf), signatures | 1);
}

uint32_t resultOf(const uint64_t* part, Wide number, unsigned width) {
  uint64_t pieces = part[0] & kHalf, at = lastBegun(part + 1, part[0], number, width, width);
  return static_cast<uint32_t>(part[1 + pieces * width + at / 2] >> at % 2 * 32);
}

}  // namespace

IntervalRowsResult numberRows(const std::vector<IntervalEntry>& entries, uint64_t most_words) {
  RuleLists lists;
  Sweep sweep(entries, 1, lists, most_words);
  if (!sweep.run(UINT64_MAX)) return {std::nullopt, sweep.excess()};
  IntervalRows rows{{0}, {sweep.pieces(), stepsOf(sweep.pieces())}};
  sweep.append(rows.words);
  appendLists(rows.words, lists);
  return {std::move(rows), std::nullopt};
}

IntervalRowsResult networkRows(const std::vector<IntervalEntry>& entries, uint64_t most_words) {
  std::vector<IntervalEntry> v4, v6;
  for (const IntervalEntry& entry : entries) {
    Families spans = familiesOf(entry.span);
    for (const Span& span : spans.v4) v4.push_back({span, entry.rule, entry.signature});
    for (const Span& span : spans.v6) v6.push_back({span, entry.rule, entry.signature});
  }
  RuleLists lists;
  Sweep short_ones(std::move(v4), 1, lists, most_words), long_ones(std::move(v6), 2, lists, most_words);
  if (!short_ones.run(UINT32_MAX)) return {std::nullopt, short_ones.excess()};
  if (!long_ones.run(~Wide{0})) return {std::nullopt, long_ones.excess()};
  uint32_t steps = std::max(stepsOf(short_ones.pieces()), 2 * stepsOf(long_ones.pieces()));
  IntervalRows rows{{0}, {short_ones.pieces() + long_ones.pieces(), steps}};
  short_ones.append(rows.words);
  rows.words[0] = rows.words.size() << 32;
  long_ones.append(rows.words);
  appendLists(rows.words, lists);
  return {std::move(rows), std::nullopt};
}

std::optional<uint32_t> rowOfNumber(const std::vector<uint64_t>& table, uint64_t number, uint64_t signatures) {
  return rowOf(table, resultOf(table.data() + LSMP_INTERVAL_PART, number, 1), signatures);
}

std::optional<uint32_t> rowOfAddress(const std::vector<uint64_t>& table, Wide address, uint64_t signatures) {
  if (address >> 32 == 0xffff) return rowOfNumber(table, static_cast<uint32_t>(address), signatures);
  return rowOf(table, resultOf(table.data() + (table[0] >> 32), address, 2), signatures);
}

}  // namespace lsmpc::match
