// Components with wildcards as strings of tokens, and the classes of bytes that those tell apart.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "runtime/match/glob.h"

namespace lsmpc::match {

// A byte itself, kRun (any bytes, also none), kAnyByte, or a set of bytes from kFirstSet on.
using Tokens = std::u32string;
constexpr char32_t kRun = 256, kAnyByte = 257, kFirstSet = 258;

class ByteSets {
 public:
  char32_t token(const ByteSet& set);  // not the empty one; '/' is in no component
  // After the last token: bytes that no token tells apart are one class.
  void classify();

  uint32_t classes() const { return classes_; }
  const std::array<uint8_t, 256>& classOf() const { return class_of_; }
  // The classes of a byte or set, ascending.
  const std::vector<uint8_t>& classesOf(char32_t token) const {
    return token < kRun ? byte_classes_[token] : set_classes_[token - kFirstSet];
  }
  // A byte that names can have, best a letter; none for a class of '/' or NUL alone.
  char byteOf(uint32_t cls) const { return byte_of_[cls]; }

 private:
  void split(const ByteSet& set);
  void choose();

  std::unordered_map<ByteSet, char32_t> tokens_;
  std::vector<ByteSet> sets_;
  ByteSet single_;
  uint32_t classes_ = 1;
  std::array<uint8_t, 256> class_of_{};
  std::array<char, 256> byte_of_{};
  std::array<std::vector<uint8_t>, 256> byte_classes_;
  std::vector<std::vector<uint8_t>> set_classes_;
};

}  // namespace lsmpc::match
