#include "runtime/cli/event_outputs.h"

#include <algorithm>

#include "runtime/event_file.h"
#include "runtime/event_journal.h"
#include "runtime/event_syslog.h"

namespace lsmpc::cli {
namespace {

struct LogDaemon {
  std::string_view output;
  std::unique_ptr<runtime::EventOutput> (*make)(bool json_message, runtime::Warn warn);
};

template <class Output>
std::unique_ptr<runtime::EventOutput> make(bool json_message, runtime::Warn warn) {
  return std::make_unique<Output>(json_message, std::move(warn));
}

constexpr LogDaemon kDaemons[] = {{"journald", make<runtime::EventJournal>}, {"syslog", make<runtime::EventSyslog>}};

const LogDaemon* daemonOf(const std::string& output) {
  auto found = std::find_if(std::begin(kDaemons), std::end(kDaemons), [&](const LogDaemon& daemon) { return daemon.output == output; });
  return found == std::end(kDaemons) ? nullptr : found;
}

}  // namespace

bool isLogDaemon(const std::string& output) { return daemonOf(output) != nullptr; }

EventDestination destinationOf(const EventOptions& options, const runtime::Warn& warn) {
  if (const LogDaemon* daemon = daemonOf(options.output)) return {daemon->make(options.json_message, warn), ""};
  auto file = std::make_unique<runtime::EventFile>(options.output, options.rotation, warn);
  std::string path = file->path();
  return {std::move(file), path};
}

}  // namespace lsmpc::cli
