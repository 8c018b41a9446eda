// What tests saw of rules and their conditions: how much of it, what never, and as LCOV.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "compiler/driver/test_all.h"

namespace lsmpc::driver {

// Of what could be seen; nothing to see is all seen. Never rounded up: 9995 of 10000 is 99.95 %, and so is 99959 of 100000.
struct Share {
  uint64_t seen = 0, all = 0;
};
std::string percentText(Share share);

// Parts of a millionth of a percent, exact: "80", "99.95". Nothing where the text is no such number up to 100.
std::optional<uint64_t> percentOf(const std::string& text);
bool isBelow(Share share, uint64_t percent);

// Rules that decided, and conditions seen true and seen false; that one was seen unresolved is told, and not asked for.
Share coverageOf(const TestOutcome& outcome);

// Of it the rules, and the outcomes of conditions.
Share rulesSeen(const TestOutcome& outcome);
Share outcomesSeen(const TestOutcome& outcome);
std::string neverText(const exercise::Seen& seen);  // "never true, never false"; "" where both were

// Lines for people.
std::string coverageText(const TestOutcome& outcome);
// An LCOV tracefile (geninfo(1)): DA of a rule's line is how often it decided, of another line how often its conditions were asked; BRDA branches 0
// and 1 of a condition are true and false, `-` where it was never asked. Blocks are the conditions of a line, from the left.
std::string coverageLcov(const TestOutcome& outcome);

}  // namespace lsmpc::driver
