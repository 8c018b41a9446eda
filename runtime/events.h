// What a loaded policy recorded: its ring buffer, one reader at a time, and its counters.
#pragma once

#include <cstdint>
#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/abi/layout.h"
#include "runtime/pins.h"

namespace lsmpc::runtime {

struct EventRecord {
  lsmp_event head{};
  std::string path, path2, exe;
};

// Checked against its own sizes; false where the record is of another ABI or cut short. One from before events had their program has none.
bool readRecord(const void* bytes, size_t size, EventRecord& record);

// What is shown of an event, or of events that are lost: a line of JSON, in the order of its members (docs/operations.md).
using EventLine = nlohmann::ordered_json;
using ShowEvent = std::function<void(const EventLine& line)>;

struct EventReader {
  std::vector<std::string> names;  // of policies; empty: all
  ShowEvent show;
  std::string file;  // that others can read instead; empty: there is none
};

// A line for each record that waits; one more for a policy that lost some since it was loaded, and again when it
// loses more. Throws Failure NotLoaded, SecondReader, EventsFailed.
void readEvents(const EventReader& reader);
// The same for ever, through replacements too, until `stop` says so (looked at five times a second).
void followEvents(const EventReader& reader, const std::function<bool()>& stop);

// By enum lsmp_verdict.
inline constexpr const char* kVerdictNames[] = {"audit", "allow", "deny", "kill"};

// Names of files and programs are as runtime/printable.h has them.
EventLine eventLine(const LoadedPolicy& policy, const EventRecord& record, const std::string& container);
EventLine lostLine(const LoadedPolicy& policy, uint64_t lost, uint64_t unreadable);
// Without a newline.
std::string jsonText(const EventLine& line);

}  // namespace lsmpc::runtime
