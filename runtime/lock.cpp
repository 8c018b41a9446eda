#include "runtime/lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdio>
#include <string>

#include "runtime/abi/layout.h"
#include "runtime/message.h"
#include "runtime/protection.h"

namespace lsmpc::runtime {
namespace {

Descriptor openFolder(const std::string& folder) {
  Descriptor descriptor(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW));
  if (!descriptor) throw Failure(Message::LockFailed, {folder, errorText(errno)});
  return descriptor;
}

// A bpffs lets every user make folders: one made in advance by somebody else would be his to empty.
void checkOwner(int fd) {
  struct stat status{};
  if (fstat(fd, &status)) throw Failure(Message::LockFailed, {LSMP_PIN_ROOT, errorText(errno)});
  if (status.st_uid == 0 && !(status.st_mode & 077)) return;
  char mode[8];
  snprintf(mode, sizeof mode, "%04o", status.st_mode & 07777);
  throw Failure(Message::UnsafePinRoot, {LSMP_PIN_ROOT, std::to_string(status.st_uid), mode});
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
  checkOwner(descriptor.get());
  if (flockPatiently(descriptor.get(), LOCK_EX)) throw Failure(Message::LockFailed, {LSMP_PIN_ROOT, errorText(errno)});
  checkPermitted();
  return descriptor;
}

std::optional<Descriptor> tryLock(const std::string& folder) {
  Descriptor descriptor = openFolder(folder);
  if (!flockPatiently(descriptor.get(), LOCK_EX | LOCK_NB)) return descriptor;
  if (errno == EWOULDBLOCK) return std::nullopt;
  throw Failure(Message::LockFailed, {folder, errorText(errno)});
}

}  // namespace lsmpc::runtime
