#include "runtime/cli/duration.h"

#include "runtime/cli/options.h"
#include "runtime/duration.h"

namespace lsmpc::cli {

uint64_t secondsOf(const Call& call, const std::string& text, const LongestTime& longest) {
  auto seconds = runtime::secondsIn(text);
  if (!seconds || !*seconds || *seconds > longest.seconds)
    misused(call, "`" + text + "` is no time from 1s to " + longest.text + ", such as 60s or 5m");
  return *seconds;
}

}  // namespace lsmpc::cli
