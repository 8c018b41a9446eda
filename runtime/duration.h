// Lengths of time as people write them: 90s, 5m, 2h, 7d.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace lsmpc::runtime {

// Nothing where the text is no such length.
std::optional<uint64_t> secondsIn(std::string_view text);
// In the largest unit of which there are at least two, rounded up.
std::string durationText(uint64_t seconds);

}  // namespace lsmpc::runtime
