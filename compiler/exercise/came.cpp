#include "compiler/exercise/came.h"

#include "runtime/abi/layout.h"

namespace lsmpc::exercise {

Watch::Watch(simulate::Loaded& host, const policy::Policy& policy)
    : policy_(policy),
      events_(host.maps().named(LSMP_MAP_EVENTS)),
      hits_(nullptr) {
  size_t bytes = policy.rules.size() * sizeof(lsmp_rule_hits);
  if (simulate::Map* hits = host.maps().named(LSMP_MAP_HITS))
    hits_ = host.kernel().memory().at(hits->find(std::string(sizeof(uint32_t), '\0')), bytes);
  if (hits_) memset(hits_, 0, bytes);
  if (events_) events_->records().clear();
}

Came Watch::came(const simulate::Outcome& outcome, const simulate::Acting& acting, Hits& hits) {
  Came came{.value = outcome.value, .signal = acting.signal};
  for (uint32_t rule = 0; hits_ && rule < policy_.rules.size(); ++rule) {
    lsmp_rule_hits own;
    memcpy(&own, hits_ + rule * sizeof own, sizeof own);
    if (!own.all) continue;
    hits[rule] += own.all;
    came.rules.push_back(rule);
    if (policy_.rules[rule].verdict != policy::Verdict::None || !came.rule) came.rule = rule;
    came.unresolved |= own.unresolved != 0;
  }
  for (const std::string& record : events_ ? events_->records() : std::vector<std::string>()) {
    lsmp_event event{};
    memcpy(&event, record.data(), std::min(record.size(), sizeof event));
    if (event.rule < policy_.rules.size()) came.messages.push_back(policy_.rules[event.rule].message);
    came.unresolved |= (event.flags & LSMP_EVENT_UNRESOLVED) != 0;
  }
  return came;
}

}  // namespace lsmpc::exercise
