// Points of time as people write them and as events have them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace lsmpc::runtime {

// Nanoseconds since 1970 of an RFC 3339 time, 2026-01-31T10:20:30.5Z or with +02:00; nothing where the text is none. Years 1970 to 2261.
std::optional<int64_t> momentOf(std::string_view text);
// The same, or how long before `now`: 90s, 10m, 2h, 1d.
std::optional<int64_t> momentOf(std::string_view text, int64_t now);

}  // namespace lsmpc::runtime
