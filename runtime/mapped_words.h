// The values of an array map, mapped: words that are read and stored without a call, by this process and by programs.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>

#include "runtime/descriptor.h"

namespace lsmpc::runtime {

// A map of one such value, all zeros; -1 and errno (5.5 and later have them).
int makeWordMap(const char* name, size_t words);

class MappedWords {
 public:
  // `name` is the map's, for the message. Throws Failure PinUnusable, where `map` is none, too.
  MappedWords(Descriptor map, const std::string& name);
  ~MappedWords();
  MappedWords(MappedWords&& other) noexcept;
  MappedWords& operator=(MappedWords&&) = delete;

  int fd() const { return map_.get(); }
  size_t size() const { return size_; }
  std::atomic_ref<uint64_t> operator[](size_t word) const { return std::atomic_ref(words_[word]); }

 private:
  Descriptor map_;
  uint64_t* words_ = nullptr;
  size_t size_ = 0;
};

}  // namespace lsmpc::runtime
