// What the program of a hook does for some of its conditions: each value once, each test where it stands.
#pragma once

#include <set>
#include <utility>

#include "compiler/cost/units.h"

namespace lsmpc::cost {

class Counter {
 public:
  Counter(const decision::Decision& decision, const decision::Program& program);

  void add(Unit unit);
  void condition(decision::NodeId id);
  void step(const decision::Step& step);
  void table(const decision::Table& table);
  void value(decision::ValueId id);
  void shown(decision::ValueId id, bool by_probes);  // by an event, where no condition has asked for it

  uint64_t wildcards(const decision::Table& table) const;  // instructions for its byte automata

  const Amount& amount() const { return amount_; }
  const std::set<uint32_t>& sets() const { return sets_; }  // into Decision::sets
  const std::set<std::pair<uint32_t, decision::ValueId>>& matched() const { return matched_; }

 private:
  void test(const decision::Test& test);
  void listed(const decision::Test& test);
  void text(const decision::Test& test);
  void intervals(const decision::Table& table);
  bool isProbed(decision::ValueId id) const;
  // Of the tests of a condition: some are of paths, some are not.
  void kinds(decision::NodeId id, bool& paths, bool& others) const;

  const decision::Decision& decision_;
  const decision::Program& program_;
  bool untyped_;
  Amount amount_;
  std::set<decision::ValueId> values_;
  std::set<uint32_t> sets_;
  std::set<std::pair<uint32_t, decision::ValueId>> matched_;
};

}  // namespace lsmpc::cost
