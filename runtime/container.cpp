#include "runtime/container.h"

#include <fcntl.h>
#include <linux/limits.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <optional>

#include "runtime/descriptor.h"

namespace lsmpc::runtime {
namespace {

constexpr const char* kCgroups[] = {"/sys/fs/cgroup", "/sys/fs/cgroup/unified"};  // the second beside hierarchies of version 1
constexpr int kKernfsHandle = 0xfe;  // FILEID_KERNFS (include/linux/exportfs.h): the handle is the id
constexpr size_t kIdDigits = 64;
constexpr size_t kMostKnown = 10'000;

// "": it is gone for good, since ids are not used again. Nothing: it could not be looked up.
std::optional<std::string> pathOf(uint64_t cgroup) {
  bool gone = false;
  alignas(file_handle) unsigned char bytes[sizeof(file_handle) + sizeof cgroup];
  auto* handle = reinterpret_cast<file_handle*>(bytes);
  handle->handle_bytes = sizeof cgroup;
  handle->handle_type = kKernfsHandle;
  memcpy(bytes + offsetof(file_handle, f_handle), &cgroup, sizeof cgroup);
  for (const char* root : kCgroups) {
    Descriptor mount(open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (mount.get() < 0) continue;
    Descriptor folder(open_by_handle_at(mount.get(), handle, O_PATH | O_CLOEXEC));
    if (folder.get() < 0) {
      gone |= errno == ESTALE;
      continue;
    }
    char path[PATH_MAX];
    ssize_t length = readlink(("/proc/self/fd/" + std::to_string(folder.get())).c_str(), path, sizeof path);
    if (length > 0) return std::string(path, static_cast<size_t>(length));
  }
  return gone ? std::optional<std::string>("") : std::nullopt;
}

bool isDigit(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }
bool isWord(char c) { return isDigit(c) || (c >= 'g' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

}  // namespace

std::string containerIn(std::string_view path) {
  for (size_t end = path.size(); end >= kIdDigits; --end) {
    size_t start = end - kIdDigits;
    if ((end < path.size() && isWord(path[end])) || (start > 0 && isWord(path[start - 1]))) continue;
    std::string_view id = path.substr(start, kIdDigits);
    if (std::all_of(id.begin(), id.end(), isDigit)) return std::string(id);
  }
  return "";
}

std::string Containers::of(uint64_t cgroup) {
  if (auto known = known_.find(cgroup); known != known_.end()) return known->second;
  std::optional<std::string> path = pathOf(cgroup);
  if (!path) return "";
  if (known_.size() >= kMostKnown) known_.clear();
  return known_[cgroup] = containerIn(*path);
}

}  // namespace lsmpc::runtime
