#include "runtime/mapped_words.h"

#include <bpf/bpf.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "runtime/message.h"

namespace lsmpc::runtime {
namespace {

size_t mappedBytes() { return static_cast<size_t>(sysconf(_SC_PAGESIZE)); }

}  // namespace

int makeWordMap(const char* name, size_t words) {
  LIBBPF_OPTS(bpf_map_create_opts, options, .map_flags = BPF_F_MMAPABLE);
  return bpf_map_create(BPF_MAP_TYPE_ARRAY, name, sizeof(uint32_t), static_cast<uint32_t>(words * sizeof(uint64_t)), 1, &options);
}

MappedWords::MappedWords(Descriptor map, const std::string& name) : map_(std::move(map)) {
  void* mapped = map_ ? mmap(nullptr, mappedBytes(), PROT_READ | PROT_WRITE, MAP_SHARED, map_.get(), 0) : MAP_FAILED;
  if (mapped == MAP_FAILED) throw Failure(Message::PinUnusable, {name, errorText(errno)});
  words_ = static_cast<uint64_t*>(mapped);
}

MappedWords::MappedWords(MappedWords&& other) noexcept : map_(std::move(other.map_)), words_(std::exchange(other.words_, nullptr)) {}

MappedWords::~MappedWords() {
  if (words_) munmap(words_, mappedBytes());
}

}  // namespace lsmpc::runtime
