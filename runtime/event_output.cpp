#include "runtime/event_output.h"

namespace lsmpc::runtime {

void EventOutput::warnOnce(Message message, const std::string& reason) {
  if (told_.insert(reason).second) warn_({message, {name_, reason}, {}});
}

bool EventOutput::catchUp() {
  if (untold_ && put({{"v", 1}, {"unwritten", untold_}}).empty()) untold_ = 0;
  while (!untold_ && !late_.empty() && put(late_.begin()->second).empty()) late_.erase(late_.begin());
  return !untold_ && late_.empty();
}

void EventOutput::leaveOut(const EventLine& line) {
  if (line.contains("lost")) {
    late_[line.value("policy", "")] = line;
  } else {
    ++untold_;
    ++unwritten_;
  }
}

void EventOutput::write(const EventLine& line) {
  if (!catchUp()) return leaveOut(line);
  std::string fault = put(line);
  if (fault.empty()) return;
  leaveOut(line);
  warnOnce(Message::OutputFails, fault);
}

void EventOutput::finish() {
  catchUp();
  if (unwritten_) warn_({Message::EventsUnwritten, {name_, std::to_string(unwritten_)}, {}});
}

}  // namespace lsmpc::runtime
