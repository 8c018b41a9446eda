#include "compiler/simulate/memory.h"

namespace lsmpc::simulate {
namespace {

constexpr size_t kGap = 64;  // policies look at the lower bits of a task's address (stdlib/bpf/scratch.bpf.c)

}  // namespace

Address Memory::add(Place place, size_t size) {
  Address& next = next_[static_cast<size_t>(place)];
  Address base = next;
  next += (size + 2 * kGap - 1) / kGap * kGap;
  if (place != Place::Handles) regions_[base] = {size, std::make_unique<uint8_t[]>(size ? size : 1)};
  return base;
}

void Memory::remove(Address base) {
  if (base == last_base_) last_ = nullptr;
  regions_.erase(base);
}

bool Memory::find(Address address, size_t size) {
  auto after = regions_.upper_bound(address);
  if (after == regions_.begin()) return false;
  auto& [base, region] = *--after;
  if (address - base > region.size || size > region.size - (address - base)) return false;
  last_ = region.bytes.get();
  last_base_ = base;
  last_size_ = region.size;
  return true;
}

bool Memory::readText(Address address, size_t size, std::string& text) {
  text.clear();
  for (size_t i = 0; i < size; ++i) {
    const uint8_t* byte = at(address + i, 1);
    if (!byte) return false;
    if (!*byte) return true;
    text += static_cast<char>(*byte);
  }
  return true;
}

}  // namespace lsmpc::simulate
