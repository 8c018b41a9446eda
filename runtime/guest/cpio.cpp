#include "runtime/guest/cpio.h"

#include <sys/stat.h>

#include <cstdio>

namespace lsmpc::guest {
namespace {

void padTo4(std::string& text) { text.append((4 - text.size() % 4) % 4, '\0'); }

}  // namespace

void Cpio::addEntry(const std::string& name, uint32_t mode, const std::string& bytes) {
  char header[111];
  unsigned links = S_ISDIR(mode) ? 2 : 1;
  std::snprintf(header, sizeof header, "070701%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X", next_inode_++, mode, 0u, 0u, links, 0u,
                static_cast<unsigned>(bytes.size()), 0u, 0u, 0u, 0u, static_cast<unsigned>(name.size() + 1), 0u);
  archive_ += header;
  archive_ += name;
  archive_ += '\0';
  padTo4(archive_);
  archive_ += bytes;
  padTo4(archive_);
}

void Cpio::addParents(const std::string& path) {
  for (size_t slash = path.find('/', 1); slash != std::string::npos; slash = path.find('/', slash + 1)) addFolder(path.substr(0, slash));
}

void Cpio::addFolder(const std::string& path, uint32_t mode) {
  if (path.size() < 2 || folders_.count(path)) return;
  addParents(path);
  folders_.insert(path);
  addEntry(path.substr(1), S_IFDIR | mode, "");
}

void Cpio::addFile(const std::string& path, uint32_t mode, const std::string& bytes) {
  addParents(path);
  addEntry(path.substr(1), S_IFREG | mode, bytes);
}

std::string Cpio::finish() {
  addEntry("TRAILER!!!", 0, "");
  return std::move(archive_);
}

}  // namespace lsmpc::guest
