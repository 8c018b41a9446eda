#include "compiler/match/rule_lists.h"

#include <algorithm>

#include "runtime/abi/path_layout.h"

namespace lsmpc::match {
namespace {

constexpr uint64_t kLast = 1ULL << 63;
constexpr uint32_t kRuleMask = (1u << LSMP_PATH_RULE_BITS) - 1;

bool coversOne(const RuleList& list, RuleSignature other) {
  return std::any_of(list.begin(), list.end(),
                     [&](RuleSignature own) { return own.rule <= other.rule && (own.signature == 0 || own.signature == other.signature); });
}

}  // namespace

RuleList decisive(RuleList rules) {
  std::sort(rules.begin(), rules.end());
  uint64_t seen = 0;
  size_t kept = 0;
  for (RuleSignature rule : rules) {
    if (seen >> rule.signature & 1) continue;
    seen |= 1ULL << rule.signature;
    rules[kept++] = rule;
    if (rule.signature == 0) break;
  }
  rules.resize(kept);
  return rules;
}

bool covers(const RuleList& list, const RuleList& other) {
  return std::all_of(other.begin(), other.end(), [&](RuleSignature one) { return coversOne(list, one); });
}

uint32_t RuleLists::result(RuleList rules) {
  rules = decisive(std::move(rules));
  if (rules.empty()) return 0;
  if (rules.size() == 1) return uint32_t{rules[0].signature} << LSMP_PATH_RULE_BITS | (rules[0].rule + 1);
  auto [known, added] = places_.emplace(rules, static_cast<uint32_t>(words_.size()) | LSMP_PATH_LIST);
  if (added) {
    for (RuleSignature rule : rules) words_.push_back(rule.rule | uint64_t{rule.signature} << 32);
    words_.back() |= kLast;
  }
  return known->second;
}

RuleList RuleLists::list(uint32_t result) const {
  if (result == 0) return {};
  if (!(result & LSMP_PATH_LIST)) return {{(result & kRuleMask) - 1, static_cast<uint8_t>(result >> LSMP_PATH_RULE_BITS)}};
  RuleList rules;
  for (uint32_t place = result & ~LSMP_PATH_LIST;; ++place) {
    rules.push_back({static_cast<uint32_t>(words_[place]), static_cast<uint8_t>(words_[place] >> 32 & 0x3f)});
    if (words_[place] & kLast) return rules;
  }
}

std::optional<uint32_t> ruleOf(uint32_t result, const uint64_t* lists, uint64_t signatures) {
  auto holds = [&](uint64_t signature) { return (signatures >> signature & 1) != 0; };
  if (result == 0) return std::nullopt;
  if (!(result & LSMP_PATH_LIST)) return holds(result >> LSMP_PATH_RULE_BITS) ? std::optional((result & kRuleMask) - 1) : std::nullopt;
  for (const uint64_t* one = lists + (result & ~LSMP_PATH_LIST);; ++one) {
    if (holds(*one >> 32 & 63)) return static_cast<uint32_t>(*one);
    if (*one & kLast) return std::nullopt;
  }
}

}  // namespace lsmpc::match
