// Named integers of the UAPI headers (errno, capabilities, families, open and mode bits, signals, protections …), read from
// the headers of the building machine by generate.cpp. Groups and headers: headers.def.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace lsmpc::constants {

struct Constant {
  std::string_view name;
  int64_t value;
  std::string_view group;
  std::string_view doc;
};

std::span<const Constant> all();
const Constant* find(std::string_view name);  // null: no such constant

}  // namespace lsmpc::constants
