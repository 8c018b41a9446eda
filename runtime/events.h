// What a loaded policy recorded: its ring buffer, one reader at a time, and its counters.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "runtime/abi/layout.h"
#include "runtime/pins.h"

namespace lsmpc::runtime {

struct EventRecord {
  lsmp_event head{};
  std::string path, path2;
};

// Checked against its own sizes; false where the record is of another ABI or cut short.
bool readRecord(const void* bytes, size_t size, EventRecord& record);

// Calls `show` for each record that waits, then, with `follow`, for those to come until `stop` says so (looked at five
// times a second). Throws Failure SecondReader, EventsFailed.
void readEvents(const std::vector<LoadedPolicy>& policies, bool follow, const std::function<bool()>& stop,
                const std::function<void(const LoadedPolicy&, const EventRecord&)>& show);

std::array<uint64_t, LSMP_COUNTERS> readCounters(const LoadedPolicy& policy);  // summed over CPUs

// One line of JSON without its newline. Bytes that are no UTF-8 become \xHH in the text (shown as `\\xHH`).
std::string eventJson(const LoadedPolicy& policy, const EventRecord& record);

}  // namespace lsmpc::runtime
