#include "compiler/exercise/came.h"

#include "runtime/abi/layout.h"

namespace lsmpc::exercise {

Watch::Watch(simulate::Loaded& host, const policy::Policy& policy)
    : host_(host),
      policy_(policy),
      before_(decided(false)),
      unresolved_before_(decided(true)) {
  if (simulate::Map* events = host.maps().named(LSMP_MAP_EVENTS)) events->records().clear();
}

// By rule; a simulation has one processor, so that only the first bank is written.
std::vector<uint64_t> Watch::decided(bool unresolved) const {
  std::vector<uint64_t> counts(policy_.rules.size());
  simulate::Map* hits = host_.maps().named(LSMP_MAP_HITS);
  for (uint32_t rule = 0; hits && rule < counts.size(); ++rule) {
    lsmp_rule_hits own{};
    simulate::Address at = hits->find(std::string(reinterpret_cast<const char*>(&rule), sizeof rule));
    if (at && host_.kernel().memory().read(at, &own, sizeof own)) counts[rule] = unresolved ? own.unresolved : own.all;
  }
  return counts;
}

Came Watch::came(const simulate::Outcome& outcome, const simulate::Acting& acting, Hits& hits) {
  Came came{.value = outcome.value, .signal = acting.signal};
  std::vector<uint64_t> after = decided(false), unresolved = decided(true);
  for (uint32_t rule = 0; rule < after.size(); ++rule) {
    if (after[rule] == before_[rule]) continue;
    hits[rule] += after[rule] - before_[rule];
    came.rules.push_back(rule);
    if (policy_.rules[rule].verdict != policy::Verdict::None || !came.rule) came.rule = rule;
    came.unresolved |= unresolved[rule] != unresolved_before_[rule];
  }
  simulate::Map* events = host_.maps().named(LSMP_MAP_EVENTS);
  for (const std::string& record : events ? events->records() : std::vector<std::string>()) {
    lsmp_event event{};
    memcpy(&event, record.data(), std::min(record.size(), sizeof event));
    if (event.rule < policy_.rules.size()) came.messages.push_back(policy_.rules[event.rule].message);
    came.unresolved |= (event.flags & LSMP_EVENT_UNRESOLVED) != 0;
  }
  return came;
}

}  // namespace lsmpc::exercise
