// An element of a dynamic set as its map has it (runtime/abi/set_layout.h). Elements are as in an object: a number's eight bytes, a network's prefix (of 128) and its
// address, IPv4 as mapped IPv6, a string's own bytes.
#pragma once

#include <cstdint>
#include <string>

namespace lsmpc::runtime {

struct SetEntry {
  std::string key, value;
};

// What elements of a type are in a map.
struct SetKind {
  const char* type;
  SetEntry (*entry)(const std::string& element, size_t value_size);  // one that stays
  std::string (*element)(const SetEntry& entry);
  uint32_t map_type;
  size_t key_size, value_size, longest, shortest;  // the last two of an element
};

const SetKind& setKind(const std::string& type);

// When it is no element any more, in nanoseconds since boot; 0: never. Each value begins with it.
uint64_t untilOf(const SetEntry& entry);
void endAt(SetEntry& entry, uint64_t until);
bool isElement(const SetEntry& entry, uint64_t now);

}  // namespace lsmpc::runtime
