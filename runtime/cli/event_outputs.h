// Where `events --output` can write.
#pragma once

#include <memory>
#include <string>

#include "runtime/cli/event_options.h"
#include "runtime/event_output.h"

namespace lsmpc::cli {

struct EventDestination {
  std::unique_ptr<runtime::EventOutput> events;
  std::string file;  // that others can read; empty: none
};

// `journald` and the like; a file of such a name is ./journald.
bool isLogDaemon(const std::string& output);
// Throws Failure OutputUnusable, OutputTaken.
EventDestination destinationOf(const EventOptions& options, const runtime::Warn& warn);

}  // namespace lsmpc::cli
