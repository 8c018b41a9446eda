// Rules that no event reaches, because each event that they would match is decided by an earlier one.
#pragma once

#include <optional>
#include <unordered_map>

#include "compiler/decision/decision.h"

namespace lsmpc::plan {

// Of one hook of one policy: its rules in order.
class Reach {
 public:
  explicit Reach(const decision::Program& program) : program_(&program) {}

  // `certain`: as of decision::Step. `rule` decides what matches.
  void decide(decision::NodeId condition, bool certain, uint32_t rule);
  // The rule that decides before this one whatever it would match.
  std::optional<uint32_t> before(decision::NodeId condition, bool certain) const { return before(condition, certain, kDepth); }

 private:
  static constexpr int kDepth = 3;  // an `or` of `and`, and what these join
  struct Settled {
    uint32_t rule;
    bool is_false;  // behind the rule; else it may be open, but is not true
  };
  void settle(decision::NodeId condition, bool certain, uint32_t rule);
  std::optional<uint32_t> before(decision::NodeId condition, bool certain, int depth) const;

  const decision::Program* program_;
  std::unordered_map<decision::NodeId, Settled> settled_;
};

}  // namespace lsmpc::plan
