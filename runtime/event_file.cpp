#include "runtime/event_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <memory>

namespace lsmpc::runtime {
namespace {

constexpr mode_t kOthersMayWrite = 022;

// Empty where events may go there.
std::string faultOf(const struct stat& status) {
  if (!S_ISREG(status.st_mode)) return "it is no regular file";
  if (status.st_uid != geteuid()) return "it belongs to uid " + std::to_string(status.st_uid);
  if (status.st_mode & kOthersMayWrite) return "others may write it";
  if (status.st_nlink > 1) return "it has another name too (a hard link)";
  return "";
}

std::string numbered(const std::string& name, unsigned number) { return name + (number ? "." + std::to_string(number) : ""); }

std::string absolute(const std::string& folder) {
  std::unique_ptr<char, void (*)(void*)> path(realpath(folder.c_str(), nullptr), std::free);
  return path ? path.get() : folder;
}

bool endsTorn(int file, uint64_t size) {
  char last = '\n';
  return size && pread(file, &last, 1, static_cast<off_t>(size - 1)) == 1 && last != '\n';
}

}  // namespace

EventFile::EventFile(const std::string& path, Rotation rotation, Warn warn) : EventOutput(path, std::move(warn)), rotation_(rotation) {
  size_t slash = path.rfind('/');
  folder_name_ = slash == std::string::npos ? "." : slash ? path.substr(0, slash) : "/";
  file_name_ = path.substr(slash == std::string::npos ? 0 : slash + 1);
  if (file_name_.empty() || file_name_ == "." || file_name_ == "..") throw Failure(Message::OutputUnusable, {path, "it is a folder"});
  folder_ = Descriptor(::open(folder_name_.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  if (!folder_) throw Failure(Message::OutputUnusable, {path, folder_name_ + ": " + errorText(errno)});
  open(0);
}

std::string EventFile::path() const {
  std::string folder = absolute(folder_name_);
  return folder + (folder == "/" ? "" : "/") + file_name_;
}

// Whoever has the lock may find that the file was renamed meanwhile, by the process that had it: then once more.
void EventFile::open(int extra_flags) {
  do {
    constexpr int kFlags = O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
    Descriptor file(openat(folder_.get(), file_name_.c_str(), kFlags | extra_flags, 0600));
    struct stat status {};
    if (!file || fstat(file.get(), &status))
      throw Failure(Message::OutputUnusable, {name(), errno == ELOOP ? "it is a symbolic link" : errorText(errno)});
    if (std::string fault = faultOf(status); !fault.empty()) throw Failure(Message::OutputUnusable, {name(), fault});
    if (flock(file.get(), LOCK_EX | LOCK_NB))
      throw errno == EWOULDBLOCK ? Failure(Message::OutputTaken, {name()}) : Failure(Message::OutputUnusable, {name(), errorText(errno)});
    file_ = std::move(file);
    device_ = status.st_dev;
    inode_ = status.st_ino;
    size_ = static_cast<uint64_t>(status.st_size);
  } while (!isStillNamed());
  rotate_at_ = rotation_.size;
  torn_ = endsTorn(file_.get(), size_);
  if (torn_) append("");
}

bool EventFile::isStillNamed() const {
  struct stat status {};
  return !fstatat(folder_.get(), file_name_.c_str(), &status, AT_SYMLINK_NOFOLLOW) && status.st_dev == device_ && status.st_ino == inode_;
}

std::string EventFile::append(const std::string& bytes) {
  std::string all = torn_ ? "\n" + bytes : bytes;
  ssize_t written;
  do written = ::write(file_.get(), all.data(), all.size());
  while (written < 0 && errno == EINTR);
  if (written == static_cast<ssize_t>(all.size())) {
    size_ += all.size();
    torn_ = false;
    return "";
  }
  std::string fault = errorText(written < 0 ? errno : ENOSPC);
  if (written > 0 && ftruncate(file_.get(), static_cast<off_t>(size_))) {
    size_ += static_cast<uint64_t>(written);
    torn_ = true;
  }
  return fault;
}

// Where it fails, what is there stays, and grows by as much again before the next try.
void EventFile::rotate() {
  rotate_at_ = size_ + rotation_.size;
  int folder = folder_.get();
  auto rename = [&](unsigned from, unsigned to) {
    if (!renameat(folder, numbered(file_name_, from).c_str(), folder, numbered(file_name_, to).c_str()) || errno == ENOENT) return true;
    warnOnce(Message::RotationFails, errorText(errno));
    return false;
  };
  for (unsigned number = rotation_.keep; number-- > 0;)
    if (!rename(number, number + 1)) return;
  try {
    open(O_EXCL);
  } catch (const Failure& failure) {
    warnOnce(Message::RotationFails, failure.problems().front().arguments.back());
    renameat2(folder, numbered(file_name_, 1).c_str(), folder, file_name_.c_str(), RENAME_NOREPLACE);
  }
}

// Somebody else may move the file away, to turn it over himself: then there is a new one.
std::string EventFile::put(const EventLine& line) {
  std::string bytes = jsonText(line) + "\n";
  try {
    if (!isStillNamed()) open(0);
  } catch (const Failure& failure) {
    return textOf(failure.problems().front());
  }
  if (size_ && size_ + bytes.size() > rotate_at_) rotate();
  return append(bytes);
}

}  // namespace lsmpc::runtime
