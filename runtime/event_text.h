// Events for people: a line each, in columns, from the line of JSON that an event is elsewhere.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "runtime/events.h"

namespace lsmpc::runtime {

// What whoever names files and programs may have put into a text does not reach the terminal: control characters stand as \xHH or \u{HHHH}, as do those that turn the
// direction of writing or are not seen at all. A text with spaces or quotes is put into quotes, so that it cannot pass for several.
std::string shownWord(std::string_view text);

class EventText {
 public:
  enum class Form {
    Plain,
    Coloured,
    Untimed  // for logs, which have a time of their own; not aligned
  };
  explicit EventText(Form form) : form_(form) {}

  // Without a newline. Columns are as wide as the widest that came before, up to a limit.
  std::string line(const EventLine& event);

 private:
  static constexpr size_t kColumns = 6;

  std::string columns(const std::array<std::string, kColumns>& words, size_t count);

  Form form_;
  std::array<size_t, kColumns> widths_{24, 10, 8, 12, 16, 20};
};

}  // namespace lsmpc::runtime
