// What a collector has written (event_file.h), read again: its oldest file first. Needs neither root nor a kernel with policies.
#pragma once

#include <optional>
#include <string>

#include "runtime/events.h"

namespace lsmpc::runtime {

struct LogRequest {
  std::string path;              // of the newest file
  std::string policy;            // empty: of all
  std::optional<int64_t> since;  // nanoseconds since 1970; lines without a time of their own have that of the line before
};

// Told of a line that is no event: its file and number.
using LeftOut = std::function<void(const std::string& path, uint64_t line)>;

// The number of lines that are no events: what a crash left of one, say. They are left out. A file that turns over meanwhile is read once and whole. Throws Failure FileUnreadable.
uint64_t readLog(const LogRequest& request, const ShowEvent& show, const LeftOut& tell = {});

}  // namespace lsmpc::runtime
