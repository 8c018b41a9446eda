#include "runtime/trusted_file.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>

#include "runtime/descriptor.h"
#include "runtime/message.h"

namespace lsmpc::runtime {
namespace {

constexpr mode_t kOthersWrite = S_IWGRP | S_IWOTH;

Failure unreadable(const std::string& path, int error) { return {Message::FileUnreadable, {path, errorText(error)}}; }

[[noreturn]] void refuse(const std::string& path, const struct stat& status) {
  char mode[8];
  snprintf(mode, sizeof mode, "%04o", status.st_mode & 07777);
  throw Failure(Message::OthersWrite, {path, std::to_string(status.st_uid), mode});
}

// A writer has to wait until the lease ends, with the descriptor; the signal that tells of him is one that is ignored. A filesystem without leases is read as it is:
// what is half written is no object.
void keepWritersOut(int fd, const std::string& path) {
  fcntl(fd, F_SETSIG, SIGURG);
  if (fcntl(fd, F_SETLEASE, F_RDLCK) && errno == EAGAIN) throw Failure(Message::BeingWritten, {path});
}

std::string readAll(int fd, size_t size, const std::string& path) {
  std::string bytes(size, '\0');
  size_t done = 0;
  while (done < size) {
    ssize_t got = read(fd, bytes.data() + done, size - done);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw unreadable(path, errno);
    if (got == 0) break;
    done += static_cast<size_t>(got);
  }
  bytes.resize(done);
  if (bytes.empty()) throw Failure(Message::NotAnObject, {path, "it is empty"});
  return bytes;
}

bool readOnlyMount(const std::string& folder) {
  struct statvfs info {};
  return !statvfs(folder.c_str(), &info) && info.f_flag & ST_RDONLY;
}

}  // namespace

std::string readTrusted(const std::string& path) {
  Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  struct stat status {};
  if (!file || fstat(file.get(), &status)) throw unreadable(path, errno);
  if (!S_ISREG(status.st_mode)) throw Failure(Message::FileUnreadable, {path, "it is no regular file"});
  if (status.st_uid != 0 || status.st_mode & kOthersWrite) refuse(path, status);
  keepWritersOut(file.get(), path);
  return readAll(file.get(), static_cast<size_t>(status.st_size), path);
}

void checkTrusted(const std::string& folder) {
  for (std::filesystem::path at = folder;; at = at.parent_path()) {
    struct stat status {};
    if (stat(at.c_str(), &status)) throw unreadable(at, errno);
    bool open = status.st_mode & kOthersWrite && !(at != folder && status.st_mode & S_ISVTX);
    if (status.st_uid != 0 || (open && !readOnlyMount(at))) refuse(at, status);
    if (at == at.root_path()) return;
  }
}

}  // namespace lsmpc::runtime
