#include "compiler/exercise/came.h"

#include <algorithm>
#include <iterator>

#include "runtime/abi/layout.h"

namespace lsmpc::exercise {
namespace {

constexpr uint32_t kInit = 1;  // is refused, but never signalled

}  // namespace

Came byText(const judge::Judgement& judgement, const policy::Policy& policy, const simulate::Acting& acting) {
  Came came;
  for (const judge::Matched& one : judgement.matched) {
    came.rules.push_back(one.rule);
    if (one.unresolved) came.open.push_back(one.rule);
  }
  came.unresolved = !came.open.empty();
  for (std::vector<uint32_t>* rules : {&came.rules, &came.open}) std::sort(rules->begin(), rules->end());
  const policy::Rule* decided = judgement.decision(policy);
  if (!decided || !policy::refuses(decided->verdict)) return came;
  came.rule = judgement.matched.back().rule;
  came.value = -decided->errno_value;
  if (decided->verdict == policy::Verdict::Kill && acting.pid != kInit) came.signal = decided->signal_value;
  return came;
}

void add(const Came& more, Came& came) {
  came.value = more.value;
  came.signal = more.signal;
  came.unresolved |= more.unresolved;
  for (std::vector<uint32_t> Came::*rules : {&Came::rules, &Came::open}) {
    std::vector<uint32_t> all;
    std::set_union((came.*rules).begin(), (came.*rules).end(), (more.*rules).begin(), (more.*rules).end(), std::back_inserter(all));
    came.*rules = std::move(all);
  }
  if (more.rule) came.rule = more.rule;
}

bool agree(const Came& code, const Came& text) {
  return code.value == text.value && code.signal == text.signal && code.rules == text.rules && code.open == text.open;
}

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
    if (own.unresolved) came.open.push_back(rule);
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
