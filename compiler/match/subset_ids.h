// Sets of numbers, each with a number of its own.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace lsmpc::match {

class SubsetIds {
 public:
  SubsetIds() { clear(); }
  void clear();
  // Number of a set (ascending, so that equal ones are equal), counted from 0 as they come, and whether it is new.
  std::pair<uint32_t, bool> add(std::span<const uint32_t> set);
  // Until the next add.
  std::span<const uint32_t> operator[](uint32_t id) const { return std::span(pool_).subspan(begin_[id], begin_[id + 1] - begin_[id]); }
  uint32_t size() const { return static_cast<uint32_t>(begin_.size() - 1); }

 private:
  void grow();

  std::vector<uint32_t> pool_, begin_, slots_;  // slots: id + 1
  std::vector<uint64_t> hashes_;
};

}  // namespace lsmpc::match
