#include "runtime/mapped_words.h"

#include <bpf/bpf.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "runtime/message.h"

namespace lsmpc::runtime {
namespace {

size_t mappedBytes(size_t words) {
  auto page = static_cast<size_t>(sysconf(_SC_PAGESIZE));
  return (words * sizeof(uint64_t) + page - 1) / page * page;
}

// 0 and errno where it cannot be asked.
size_t wordsOf(int map) {
  bpf_map_info info{};
  uint32_t size = sizeof info;
  if (bpf_obj_get_info_by_fd(map, &info, &size)) return 0;
  errno = EINVAL;
  return info.type == BPF_MAP_TYPE_ARRAY ? size_t{info.max_entries} * ((info.value_size + 7) / 8) : 0;
}

}  // namespace

int makeWordMap(const char* name, size_t words) {
  LIBBPF_OPTS(bpf_map_create_opts, options, .map_flags = BPF_F_MMAPABLE);
  return bpf_map_create(BPF_MAP_TYPE_ARRAY, name, sizeof(uint32_t), static_cast<uint32_t>(words * sizeof(uint64_t)), 1, &options);
}

MappedWords::MappedWords(Descriptor map, const std::string& name) : map_(std::move(map)) {
  size_ = map_ ? wordsOf(map_.get()) : 0;
  void* mapped = size_ ? mmap(nullptr, mappedBytes(size_), PROT_READ | PROT_WRITE, MAP_SHARED, map_.get(), 0) : MAP_FAILED;
  if (mapped == MAP_FAILED) throw Failure(Message::PinUnusable, {name, errorText(errno)});
  words_ = static_cast<uint64_t*>(mapped);
}

MappedWords::MappedWords(MappedWords&& other) noexcept
    : map_(std::move(other.map_)),
      words_(std::exchange(other.words_, nullptr)),
      size_(other.size_) {}

MappedWords::~MappedWords() {
  if (words_) munmap(words_, mappedBytes(size_));
}

}  // namespace lsmpc::runtime
