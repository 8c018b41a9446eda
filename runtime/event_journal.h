// Events in systemd's journal, by its native protocol (systemd.io/JOURNAL_NATIVE_PROTOCOL): each with the fields of runtime/journal_fields.def.
#pragma once

#include "runtime/event_output.h"
#include "runtime/log_entry.h"
#include "runtime/log_socket.h"

namespace lsmpc::runtime {

class EventJournal final : public EventOutput {
 public:
  // `json`: MESSAGE is the line of JSON. Throws Failure OutputUnusable.
  EventJournal(bool json, Warn warn);

 private:
  std::string put(const EventLine& line) override;

  LogMessage message_;
  LogSocket socket_;
};

// The datagram of an event. A value that holds a newline stands behind its length, so that it cannot pass for another field.
std::string journalEntry(const EventLine& event, const std::string& message);

}  // namespace lsmpc::runtime
