// The options of `events`, as one value.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "runtime/cli/options.h"
#include "runtime/event_file.h"
#include "runtime/where.h"

namespace lsmpc::cli {

struct EventOptions {
  bool help = false;
  std::vector<std::string> names;
  bool text = false, coloured = false;
  bool follow = false;
  std::string output;  // a file, `journald` or `syslog`; empty: standard output
  bool json_message = false;
  runtime::Rotation rotation;
  std::string from;  // a collector's file; empty: the kernel's buffers
  std::optional<int64_t> since;
  std::optional<runtime::Condition> where;
};

// Throws Failure Usage, also where options do not go together; what readCondition throws.
EventOptions parseEventOptions(const Call& call);

}  // namespace lsmpc::cli
