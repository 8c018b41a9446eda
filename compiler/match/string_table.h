// Many strings as a perfect hash table: two reads and one comparison answer whether a string is among them
// (layout: runtime/abi/set_layout.h).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lsmpc::match {

// No string twice, at most 2^24, none longer than 4096 bytes.
std::vector<uint64_t> stringTable(const std::vector<std::string>& strings);
// What the kernel side computes.
bool holdsString(const std::vector<uint64_t>& table, std::string_view subject);

}  // namespace lsmpc::match
