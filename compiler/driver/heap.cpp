#include "compiler/driver/heap.h"

#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <climits>
#include <cstdint>
#include <cstdlib>
#include <filesystem>

namespace lsmpc::driver {
namespace {

constexpr size_t kPage = 4096;
constexpr size_t kHugePage = 2 << 20;
constexpr size_t kLeastHeap = 6 * kHugePage;  // one rule
// 100,000 mixed rules: 7.4 MB of source, 342 MiB at the peak. What is missing comes in small pages.
constexpr size_t kHeapPerByte = 50;
constexpr size_t kMostHeap = size_t{1} << 30;

#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__)

size_t bytesOf(const std::vector<std::string>& files) {
  size_t bytes = 0;
  for (const std::string& file : files) {
    std::error_code error;
    uintmax_t size = std::filesystem::file_size(file, error);
    if (!error) bytes += static_cast<size_t>(std::min<uintmax_t>(size, kMostHeap));
  }
  return bytes;
}

// The heap's next block begins one page before a huge page may: its head would make a small page of the first.
void growToHugePage() {
  uintptr_t end = reinterpret_cast<uintptr_t>(sbrk(0));
  sbrk(static_cast<intptr_t>(-(end + kPage) & (kHugePage - 1)));
}

#endif

}  // namespace

void reserveHeap(const std::vector<std::string>& files) {
#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__)
  size_t heap = std::min(kLeastHeap + bytesOf(files) * kHeapPerByte, kMostHeap) & ~(kHugePage - 1);
  mallopt(M_MMAP_THRESHOLD, INT_MAX);
  mallopt(M_TRIM_THRESHOLD, INT_MAX);
  growToHugePage();
  void* block = std::malloc(heap);  // from the end of the heap, and back to it
  if (!block) return;
  auto start = (reinterpret_cast<uintptr_t>(block) + kHugePage - 1) & ~(kHugePage - 1);
  madvise(reinterpret_cast<void*>(start), heap - kPage, MADV_HUGEPAGE);
  std::free(block);
#endif
}

}  // namespace lsmpc::driver
