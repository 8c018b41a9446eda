// What a log daemon is told of an event beside its fields.
#pragma once

#include "runtime/event_text.h"

namespace lsmpc::runtime {

// As syslog(3) numbers them.
enum class Severity { Warning = 4, Notice = 5, Info = 6 };

// What was denied or is missing warns; what would have been denied, or is audited, is notable.
Severity severityOf(const EventLine& event);

// The message: text in words, or the line of JSON.
class LogMessage {
 public:
  explicit LogMessage(bool json) : json_(json) {}
  std::string of(const EventLine& event) { return json_ ? jsonText(event) : text_.line(event); }

 private:
  bool json_;
  EventText text_{EventText::Form::Untimed};
};

}  // namespace lsmpc::runtime
