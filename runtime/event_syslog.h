// Events for syslog, on /dev/log: RFC 3164 as syslog(3) writes it, facility authpriv.
#pragma once

#include "runtime/event_output.h"
#include "runtime/log_entry.h"
#include "runtime/log_socket.h"

namespace lsmpc::runtime {

class EventSyslog final : public EventOutput {
 public:
  // `json`: the message is the line of JSON. Throws Failure OutputUnusable.
  EventSyslog(bool json, Warn warn);

 private:
  std::string put(const EventLine& line) override;

  LogMessage message_;
  LogSocket socket_;
};

// The datagram: `<84>Jan  2 03:04:05 lsmp[PID]: MESSAGE`, in the host's time zone. Where the event has no time of its own, it is `now`, seconds since 1970.
std::string syslogEntry(const EventLine& event, const std::string& message, int64_t now);

}  // namespace lsmpc::runtime
