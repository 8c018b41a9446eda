#include "compiler/simulate/kernel.h"

#include <algorithm>

namespace lsmpc::simulate {
namespace {

uint64_t lowBits(uint32_t count) { return count >= 64 ? ~0ULL : (1ULL << count) - 1; }

// The bytes that hold a bit field, as one word.
struct Span {
  Address at;
  uint32_t bytes, shift;
  uint64_t mask;
};

Span spanOf(const Object& object, const Member& member) {
  uint32_t shift = member.bit_offset % 8, bits = member.bit_size ? member.bit_size : member.size * 8;
  return {object.address + member.offset(), std::min<uint32_t>((shift + bits + 7) / 8, 8), shift, lowBits(bits) << shift};
}

}  // namespace

Object Kernel::make(uint32_t record, size_t more) { return {memory_.add(Place::Kernel, layout_.sizeOf(record) + more), record}; }

Object Kernel::make(std::string_view record, size_t more) {
  auto type = layout_.record(record);
  return type ? make(*type, more) : Object{memory_.add(Place::Kernel, more), 0};
}

bool Kernel::put(const Object& object, const Member& member, uint64_t value) {
  Span span = spanOf(object, member);
  uint64_t word = 0;
  if (!memory_.read(span.at, &word, span.bytes)) return false;
  word = (word & ~span.mask) | (value << span.shift & span.mask);
  return memory_.write(span.at, &word, span.bytes);
}

bool Kernel::put(const Object& object, std::string_view member, uint64_t value) {
  auto place = layout_.member(object.record, member);
  return place && put(object, *place, value);
}

uint64_t Kernel::get(const Object& object, const Member& member) {
  Span span = spanOf(object, member);
  uint64_t word = 0;
  memory_.read(span.at, &word, span.bytes);
  return (word & span.mask) >> span.shift;
}

uint64_t Kernel::get(const Object& object, std::string_view member) {
  auto place = layout_.member(object.record, member);
  return place ? get(object, *place) : 0;
}

Address Kernel::addressOf(const Object& object, std::string_view member) const {
  auto place = layout_.member(object.record, member);
  return place ? object.address + place->offset() : 0;
}

Address Kernel::text(std::string_view bytes) {
  Address at = memory_.add(Place::Kernel, bytes.size() + 1);
  memory_.write(at, bytes.data(), bytes.size());
  return at;
}

}  // namespace lsmpc::simulate
