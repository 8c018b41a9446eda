#include "compiler/match/byte_sets.h"

#include <algorithm>

namespace lsmpc::match {

char32_t ByteSets::token(const ByteSet& set) {
  if (set.count() == 1) {
    single_ |= set;
    return static_cast<char32_t>(set._Find_first());
  }
  if (set.count() == 255 && !set.test('/')) return kAnyByte;
  auto [known, added] = tokens_.emplace(set, kFirstSet + static_cast<char32_t>(sets_.size()));
  if (added) sets_.push_back(set);
  return known->second;
}

void ByteSets::classify() {
  class_of_.fill(0);
  classes_ = 1;
  for (unsigned byte = 0; byte < 256; ++byte)
    if (single_.test(byte)) split(ByteSet().set(byte));
  for (const ByteSet& set : sets_) split(set);
  choose();
  for (unsigned byte = 0; byte < 256; ++byte) byte_classes_[byte] = {class_of_[byte]};
  set_classes_.clear();
  for (const ByteSet& set : sets_) {
    std::array<bool, 256> in{};
    for (unsigned byte = 0; byte < 256; ++byte)
      if (set.test(byte)) in[class_of_[byte]] = true;
    std::vector<uint8_t>& classes = set_classes_.emplace_back();
    for (uint32_t cls = 0; cls < classes_; ++cls)
      if (in[cls]) classes.push_back(static_cast<uint8_t>(cls));
  }
}

// Of each class the bytes in `set` become one of their own, unless all are.
void ByteSets::split(const ByteSet& set) {
  std::array<uint16_t, 256> inside{}, outside{}, fresh{};
  for (unsigned byte = 0; byte < 256; ++byte) ++(set.test(byte) ? inside : outside)[class_of_[byte]];
  uint32_t before = classes_;
  for (uint32_t cls = 0; cls < before; ++cls)
    if (inside[cls] && outside[cls]) fresh[cls] = static_cast<uint16_t>(classes_++);
  for (unsigned byte = 0; byte < 256; ++byte)
    if (uint8_t& cls = class_of_[byte]; set.test(byte) && fresh[cls]) cls = static_cast<uint8_t>(fresh[cls]);
}

void ByteSets::choose() {
  auto rank = [](unsigned byte) { return byte >= 'a' && byte <= 'z' ? 0 : byte > ' ' && byte < 127 ? 1 : 2; };
  byte_of_.fill(0);
  for (unsigned byte = 1; byte < 256; ++byte) {
    char& chosen = byte_of_[class_of_[byte]];
    if (byte != '/' && (chosen == 0 || rank(byte) < rank(static_cast<unsigned char>(chosen)))) chosen = static_cast<char>(byte);
  }
}

}  // namespace lsmpc::match
