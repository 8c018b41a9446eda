// An initramfs in memory: the "newc" format of cpio (kernel: Documentation/driver-api/early-userspace/buffer-format.rst).
#pragma once

#include <cstdint>
#include <set>
#include <string>

namespace lsmpc::guest {

class Cpio {
 public:
  // Paths are absolute; the folders on the way are made (0755) when they are new.
  void addFile(const std::string& path, uint32_t mode, const std::string& bytes);
  void addFolder(const std::string& path, uint32_t mode = 0755);
  std::string finish();

 private:
  void addParents(const std::string& path);
  void addEntry(const std::string& name, uint32_t mode, const std::string& bytes);

  std::string archive_;
  std::set<std::string> folders_;
  uint32_t next_inode_ = 1;
};

}  // namespace lsmpc::guest
