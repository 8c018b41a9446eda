// An element of a dynamic set as its map has it (runtime/abi/set_layout.h). Elements are as in an object: a number's eight bytes, a network's prefix (of 128) and its
// address, IPv4 as mapped IPv6, a string's own bytes.
#pragma once

#include <string>

namespace lsmpc::runtime {

struct SetEntry {
  std::string key, value;
};

// What elements of a type are in a map.
struct SetKind {
  const char* type;
  SetEntry (*entry)(const std::string& element, size_t value_size);
  std::string (*element)(const SetEntry& entry);
  size_t key_size, value_size, longest, shortest;  // the last two of an element
};

const SetKind& setKind(const std::string& type);

}  // namespace lsmpc::runtime
