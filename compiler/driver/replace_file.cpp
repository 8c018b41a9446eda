#include "compiler/driver/replace_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <vector>

namespace lsmpc::driver {
namespace fs = std::filesystem;
namespace {

std::string reason(const char* what) { return std::string(what) + ": " + std::strerror(errno); }

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return number_; }

 private:
  int number_;
};

// A file beside the one that it will replace, gone unless it has.
class Beside {
 public:
  explicit Beside(const fs::path& target)
      : path_((target.parent_path() / ("." + target.filename().string() + ".XXXXXX")).string()),
        descriptor_(mkostemp(path_.data(), O_CLOEXEC)) {}
  ~Beside() {
    if (descriptor_.get() >= 0 && !path_.empty()) unlink(path_.c_str());
  }
  int descriptor() const { return descriptor_.get(); }
  bool replace(const fs::path& target) {
    if (std::rename(path_.c_str(), target.c_str()) != 0) return false;
    path_.clear();
    return true;
  }

 private:
  std::string path_;
  Descriptor descriptor_;
};

bool writeAll(int to, std::string_view bytes) {
  while (!bytes.empty()) {
    ssize_t written = write(to, bytes.data(), bytes.size());
    if (written < 0 && errno != EINTR) return false;
    if (written > 0) bytes.remove_prefix(static_cast<size_t>(written));
  }
  return true;
}

std::vector<std::string> attributesOf(int file) {
  std::vector<char> names(65536);  // the kernel's own limit
  ssize_t size = flistxattr(file, names.data(), names.size());
  std::vector<std::string> result;
  for (ssize_t at = 0; at < size; at += static_cast<ssize_t>(result.back().size()) + 1) result.emplace_back(names.data() + at);
  return result;
}

// Labels of security modules are theirs to give: a file made in the folder has the one that it should have.
bool copyAttributes(int from, int to) {
  std::vector<char> value(65536);
  for (const std::string& name : attributesOf(from)) {
    if (name.starts_with("security.")) continue;
    ssize_t size = fgetxattr(from, name.c_str(), value.data(), value.size());
    if (size < 0 || fsetxattr(to, name.c_str(), value.data(), static_cast<size_t>(size), 0) != 0) return false;
  }
  return true;
}

bool holds(int file, std::string_view bytes) {
  char part[16384];
  for (;;) {
    ssize_t got = read(file, part, sizeof part);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return got == 0 && bytes.empty();
    auto size = static_cast<size_t>(got);
    if (bytes.substr(0, size) != std::string_view(part, size)) return false;
    bytes.remove_prefix(size);
  }
}

}  // namespace

std::optional<std::string> replaceFile(const std::string& path, std::string_view before, std::string_view after) {
  std::error_code error;
  fs::path target = fs::canonical(path, error);
  if (error) return error.message();
  Descriptor old(open(target.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  struct stat status{};
  if (old.get() < 0 || fstat(old.get(), &status) != 0) return std::strerror(errno);
  if (!S_ISREG(status.st_mode)) return "it is no regular file";
  if (access(target.c_str(), W_OK) != 0) return std::strerror(errno);
  Beside fresh(target);
  int file = fresh.descriptor();
  if (file < 0) return reason("no file can be made beside it");
  struct stat made{};
  if (!writeAll(file, after) || fstat(file, &made) != 0) return std::strerror(errno);
  bool owned = made.st_uid == status.st_uid && made.st_gid == status.st_gid;
  if (!owned && fchown(file, status.st_uid, status.st_gid) != 0) return reason("its owner cannot be kept");
  if (fchmod(file, status.st_mode & 07777) != 0) return reason("its mode cannot be kept");
  if (!copyAttributes(old.get(), file)) return reason("its extended attributes cannot be kept");
  if (fsync(file) != 0) return std::strerror(errno);
  if (!holds(old.get(), before)) return "it has changed meanwhile";
  if (!fresh.replace(target)) return std::strerror(errno);
  return std::nullopt;
}

}  // namespace lsmpc::driver
