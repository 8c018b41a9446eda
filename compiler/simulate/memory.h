// The addresses that a program sees: regions, each of its own bytes. What is in none cannot be read.
#pragma once

#include <cstdint>
#include <cstring>
#include <map>
#include <memory>
#include <string>

namespace lsmpc::simulate {

using Address = uint64_t;

// Where a region lies says what it is; the kernel's own addresses are all in its half.
enum class Place : uint8_t { Kernel, Stack, Values, Handles, Context };

class Memory {
 public:
  // `size` zero bytes at an address of their own, with a gap behind. Of Handles nothing can be read: the address is all that counts.
  Address add(Place place, size_t size);
  void remove(Address base);

  // Null: not all of the `size` bytes are in one region.
  uint8_t* at(Address address, size_t size) {
    if (!(last_ && address >= last_base_ && address - last_base_ <= last_size_ && size <= last_size_ - (address - last_base_)) &&
        !find(address, size))
      return nullptr;
    return last_ + (address - last_base_);
  }
  bool read(Address address, void* to, size_t size) {
    const uint8_t* from = at(address, size);
    if (from) memcpy(to, from, size);
    return from != nullptr;
  }
  bool write(Address address, const void* from, size_t size) {
    uint8_t* to = at(address, size);
    if (to) memcpy(to, from, size);
    return to != nullptr;
  }
  template <typename Word>
  void put(Address address, Word word) {
    write(address, &word, sizeof word);
  }
  // To the NUL, at most `size` bytes; nothing where the memory ends before.
  bool readText(Address address, size_t size, std::string& text);

 private:
  struct Region {
    size_t size = 0;
    std::unique_ptr<uint8_t[]> bytes;
  };
  bool find(Address address, size_t size);

  std::map<Address, Region> regions_;
  Address next_[5] = {0xffff888000001000, 0xffffc90000000000, 0xffffc91000000000, 0xffffc92000000000, 0xffffc93000000000};  // by Place
  uint8_t* last_ = nullptr;  // of the region that was found last
  Address last_base_ = 0;
  size_t last_size_ = 0;
};

}  // namespace lsmpc::simulate
