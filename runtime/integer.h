// Integers as the policy language writes them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace lsmpc::runtime {

// 42, 0x2a or 0o52; nothing where the text is none, or is more than 64 bits hold.
std::optional<uint64_t> integerOf(std::string_view text);

}  // namespace lsmpc::runtime
