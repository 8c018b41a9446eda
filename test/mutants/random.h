// Choices that hang on a case's number alone.
#pragma once

#include <cstdint>
#include <random>
#include <string>

namespace lsmpc::mutants {

class Random {
 public:
  explicit Random(uint32_t number) : engine_(number) {}
  uint32_t below(size_t limit) { return static_cast<uint32_t>(engine_() % (limit ? limit : 1)); }
  bool oneIn(uint32_t of) { return below(of) == 0; }
  // One of those at which code breaks, or near `now`.
  uint32_t word(uint32_t now) {
    switch (below(6)) {
      case 0: return below(64);
      case 1: return now + 1;
      case 2: return now - 1;
      case 3: return now ^ (1u << below(32));
      case 4: return 0xffffffffu >> below(3);
      default: return static_cast<uint32_t>(engine_());
    }
  }
  template <class List>
  auto& of(List& list) {
    return list[below(std::size(list))];
  }

 private:
  std::mt19937 engine_;
};

}  // namespace lsmpc::mutants
