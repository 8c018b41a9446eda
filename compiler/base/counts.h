// Numbers for people.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace lsmpc::base {

std::string grouped(uint64_t number);                        // 1,234,567
std::string counted(uint64_t number, std::string_view one);  // "1 rule", "2 rules"

}  // namespace lsmpc::base
