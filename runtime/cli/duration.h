// Lengths of time on the command line: 90s, 5m, 2h, 7d.
#pragma once

#include <cstdint>
#include <string>

#include "runtime/cli/commands.h"

namespace lsmpc::cli {

struct LongestTime {
  uint64_t seconds;
  const char* text;
};

// Seconds. Ends the command where the text is no such time, is 0, or is longer.
uint64_t secondsOf(const Call& call, const std::string& text, const LongestTime& longest);

}  // namespace lsmpc::cli
