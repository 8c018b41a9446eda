// `events --where EXPRESSION`: which events are shown. Text → condition → whether it holds for an event. Words and operators are those of the policy language (docs/language.md);
// what is not resolved when a policy decides is missing here: the event has been written.
#pragma once

#include <cstdint>
#include <string_view>
#include <variant>
#include <vector>

#include "runtime/events.h"
#include "runtime/match/pattern.h"
#include "runtime/network.h"
#include "runtime/where_field.h"

namespace lsmpc::runtime {

// Both ends are in it; empty where the low one is above the high one.
struct Interval {
  int64_t low, high;
};

// A comparison holds where the event has the field and its value is in one of `accepted`; `negated`: in none.
struct Comparison {
  const WhereField* field = nullptr;
  std::vector<std::variant<Interval, Network, match::Pattern>> accepted;
  bool negated = false;
};

struct Condition {
  enum class Kind : uint8_t { Comparison, Not, And, Or } kind = Kind::Comparison;
  Comparison comparison;
  std::vector<Condition> parts;
};

// Throws Failure UnknownField, MistypedComparison, ConditionUnreadable.
Condition readCondition(std::string_view text);

// Of an event with two paths, `path` is each of them in turn, and the condition holds if it does for either. Lines that tell of events that are not there hold always.
bool holds(const Condition& condition, const EventLine& event);

}  // namespace lsmpc::runtime
