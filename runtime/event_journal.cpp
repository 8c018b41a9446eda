#include "runtime/event_journal.h"

#include <nlohmann/json.hpp>

namespace lsmpc::runtime {
namespace {

constexpr char kSocket[] = "/run/systemd/journal/socket";

struct Field {
  const char *name, *place;
};
constexpr Field kFields[] = {
#define LSMPC_JOURNAL_FIELD(name, place) {name, place},
#include "runtime/journal_fields.def"
};

void add(std::string& entry, const std::string& name, const std::string& value) {
  entry += name;
  if (value.find('\n') == std::string::npos) {
    entry += "=" + value + "\n";
    return;
  }
  entry += '\n';
  for (int shift = 0; shift < 64; shift += 8) entry += static_cast<char>(uint64_t{value.size()} >> shift & 0xff);  // little-endian
  entry += value + "\n";
}

}  // namespace

EventJournal::EventJournal(bool json, Warn warn) : EventOutput("journald", std::move(warn)), message_(json), socket_(kSocket) {}

std::string EventJournal::put(const EventLine& line) { return socket_.send(journalEntry(line, message_.of(line))); }

std::string journalEntry(const EventLine& event, const std::string& message) {
  std::string entry;
  add(entry, "MESSAGE", message);
  add(entry, "PRIORITY", std::to_string(static_cast<int>(severityOf(event))));
  add(entry, "SYSLOG_IDENTIFIER", "lsmp");
  for (const Field& field : kFields) {
    EventLine::json_pointer place(field.place);
    if (!event.contains(place)) continue;
    const EventLine& value = event.at(place);
    add(entry, field.name, value.is_string() ? value.get<std::string>() : jsonText(value));
  }
  add(entry, "LSMP_EVENT", jsonText(event));
  return entry;
}

}  // namespace lsmpc::runtime
