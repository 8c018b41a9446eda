// What a place of the path automaton, or a piece of a line of numbers, decides: rules with their residual conditions, first match first.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace lsmpc::match {

struct RuleSignature {
  uint32_t rule = 0;
  uint8_t signature = 0;  // of the rule's residual condition; 0 always holds
  auto operator<=>(const RuleSignature&) const = default;
};

// Sorted by rule, each signature once, nothing behind one that always holds.
using RuleList = std::vector<RuleSignature>;
RuleList decisive(RuleList rules);

// Whether nothing of `other` can decide where all of `list` is reached too.
bool covers(const RuleList& list, const RuleList& other);

// Lists as results of a table (runtime/abi/path_layout.h); equal ones are one.
class RuleLists {
 public:
  uint32_t result(RuleList rules);
  RuleList list(uint32_t result) const;
  const std::vector<uint64_t>& words() const { return words_; }

 private:
  std::map<RuleList, uint32_t> places_;
  std::vector<uint64_t> words_;
};

// As the kernel side reads a result: the first rule whose signature is a bit of `signatures`. `lists`: the words.
std::optional<uint32_t> ruleOf(uint32_t result, const uint64_t* lists, uint64_t signatures);

}  // namespace lsmpc::match
