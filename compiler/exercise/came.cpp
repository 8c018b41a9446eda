#include "compiler/exercise/came.h"

#include "runtime/abi/layout.h"

namespace lsmpc::exercise {

Watch::Watch(simulate::Loaded& host, const policy::Policy& policy, uint32_t member)
    : policy_(policy),
      member_(member),
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
    if (!own.all || !isOurs(rule)) continue;
    hits[rule] += own.all;
    came.rules.push_back(rule);
    if (policy_.rules[rule].verdict != policy::Verdict::None || !came.rule) came.rule = rule;
    came.unresolved |= own.unresolved != 0;
  }
  for (const std::string& record : events_ ? events_->records() : std::vector<std::string>()) {
    lsmp_event event{};
    memcpy(&event, record.data(), std::min(record.size(), sizeof event));
    if (event.rule < policy_.rules.size() && !isOurs(event.rule)) continue;
    if (event.rule < policy_.rules.size()) came.messages.push_back(policy_.rules[event.rule].message);
    came.unresolved |= (event.flags & LSMP_EVENT_UNRESOLVED) != 0;
  }
  if (!policy_.members.empty()) takeOwn(came);
  return came;
}

// A bundle's program returns what all members come to. A member in mode audit refuses nothing, and is asked what it would.
void Watch::takeOwn(Came& came) const {
  const policy::Rule* rule = came.rule ? &policy_.rules[*came.rule] : nullptr;
  bool refuses = rule && policy::refuses(rule->verdict);
  bool kills = refuses && rule->verdict == policy::Verdict::Kill, audits = policy::modeOf(policy_, member_) == ast::Mode::Audit;
  if (refuses && !audits && came.value == 0) return;  // it should have
  came.value = refuses ? -rule->errno_value : 0;
  if (!kills || audits) came.signal = kills ? rule->signal_value : 0;
}

}  // namespace lsmpc::exercise
