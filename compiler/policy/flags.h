// Names and masks of the flags types (`access`, `caps`, `open_flags` …): flags.def.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lsmpc::policy {

bool isFlagsDomain(std::string_view domain);
bool isFlagName(std::string_view name);  // of a flags type whose names are ours: read, write …
std::optional<uint64_t> flagMask(std::string_view domain, std::string_view name);
std::vector<std::string> flagNames(std::string_view domain);
// As a policy writes it: `read|write`; what has no name as a number.
std::string flagsText(std::string_view domain, uint64_t value);
// Why `has` cannot test this mask ("" if it can): zero, or a value of a field of several bits (O_WRONLY, S_IFDIR).
std::string notTestable(std::string_view domain, uint64_t mask);

}  // namespace lsmpc::policy
