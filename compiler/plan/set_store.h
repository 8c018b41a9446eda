// The large sets of a whole policy: equal ones are one, whichever rules and hooks ask for them. Small ones stay comparisons.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/decision/decision.h"
#include "compiler/match/interval_table.h"

namespace lsmpc::plan {

// Up to here a chain of comparisons costs an event less than a search does.
constexpr size_t kMostCompared = 32;
// Up to here literals share the walk of the automaton that the other patterns need anyway.
constexpr size_t kMostInAutomaton = 128;

class SetStore {
 public:
  // The number of the set until `build`.
  uint32_t strings(std::vector<std::string> elements);
  uint32_t numbers(const std::vector<policy::Interval>& intervals, bool is_signed);
  uint32_t networks(const std::vector<ast::Cidr>& cidrs);
  // `rule`: into Policy::rules, the first that asks for it. Nothing where another policy of a bundle has another set of that name.
  std::optional<uint32_t> dynamic(const policy::DynamicSet& set, decision::Set::Kind kind, uint32_t rule);
  // Those that tests of the programs ask for, which get their final numbers.
  std::vector<decision::Set> build(std::vector<decision::Program>& programs) const;
  std::vector<decision::Map> buildMaps(std::vector<decision::Program>& programs) const;
  // Before `build`: of numbers or networks.
  const std::vector<match::Span>& spansOf(uint32_t set) const { return entries_[set].spans; }
  decision::Set::Kind kindOf(uint32_t set) const { return entries_[set].kind; }

 private:
  struct Entry {
    decision::Set::Kind kind;
    std::vector<std::string> strings;
    std::vector<match::Span> spans;
    std::string ends;
  };
  uint32_t add(Entry entry);
  static decision::Set tableOf(const Entry& entry);

  std::vector<Entry> entries_;
  std::vector<decision::Map> maps_;
};

// The addresses of the networks, in order.
std::vector<match::Span> spansOf(const std::vector<ast::Cidr>& cidrs);
// The numbers as 64 bits in order of size, without those that the type does not have.
std::vector<match::Span> spansOf(const std::vector<policy::Interval>& intervals, bool is_signed);

}  // namespace lsmpc::plan
