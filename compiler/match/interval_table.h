// Many numbers or addresses as sorted, disjoint intervals for a search by halves (layout: runtime/abi/set_layout.h).
#pragma once

#include <cstdint>
#include <vector>

namespace lsmpc::match {

using Wide = unsigned __int128;

struct Span {
  Wide low, high;  // inclusive
};

// Ascending, disjoint, neighbours joined.
std::vector<Span> joined(std::vector<Span> spans);

// Of 64 bits, already joined.
std::vector<uint64_t> numberTable(const std::vector<Span>& spans);
// IPv6 addresses, IPv4 as mapped ones, already joined.
std::vector<uint64_t> networkTable(const std::vector<Span>& spans);

// What the kernel side computes.
bool holdsNumber(const std::vector<uint64_t>& table, uint64_t number);
bool holdsAddress(const std::vector<uint64_t>& table, Wide address);

}  // namespace lsmpc::match
