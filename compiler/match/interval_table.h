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

// An address range by family: IPv4 as the 32 bits of its own, IPv6 without what is mapped.
struct Families {
  std::vector<Span> v4, v6;
};
Families familiesOf(const Span& span);

// Of what is searched by halves: how many | first step << 32. At least one.
uint64_t searchHead(uint64_t count);
// A number of 64 (`width` 1) or 128 bits (2), high first.
void appendEnd(std::vector<uint64_t>& words, Wide end, unsigned width);
// Which of those, `stride` words apart, is the last that does not begin beyond the number; the first is taken to.
uint64_t lastBegun(const uint64_t* first, uint64_t head, Wide number, unsigned width, unsigned stride);

// What the kernel side computes.
bool holdsNumber(const std::vector<uint64_t>& table, uint64_t number);
bool holdsAddress(const std::vector<uint64_t>& table, Wide address);

}  // namespace lsmpc::match
