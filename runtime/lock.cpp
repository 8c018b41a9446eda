#include "runtime/lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <cerrno>

#include "runtime/abi/layout.h"
#include "runtime/message.h"

namespace lsmpc::runtime {
namespace {

Descriptor openFolder(const std::string& folder) {
  Descriptor descriptor(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW));
  if (!descriptor) throw Failure(Message::LockFailed, {folder, errorText(errno)});
  return descriptor;
}

int flockPatiently(int fd, int operation) {
  int result;
  do result = flock(fd, operation);
  while (result && errno == EINTR);
  return result;
}

}  // namespace

Descriptor lockPins() {
  if (mkdir(LSMP_PIN_ROOT, 0700) && errno != EEXIST) throw Failure(Message::LockFailed, {LSMP_PIN_ROOT, errorText(errno)});
  Descriptor descriptor = openFolder(LSMP_PIN_ROOT);
  if (flockPatiently(descriptor.get(), LOCK_EX)) throw Failure(Message::LockFailed, {LSMP_PIN_ROOT, errorText(errno)});
  return descriptor;
}

std::optional<Descriptor> tryLock(const std::string& folder) {
  Descriptor descriptor = openFolder(folder);
  if (!flockPatiently(descriptor.get(), LOCK_EX | LOCK_NB)) return descriptor;
  if (errno == EWOULDBLOCK) return std::nullopt;
  throw Failure(Message::LockFailed, {folder, errorText(errno)});
}

}  // namespace lsmpc::runtime
