// Parts of an absolute path, and paths that stand for none.
#pragma once

#include <string>

namespace lsmpc::materialise {

inline std::string folderOf(const std::string& path) {
  size_t slash = path.rfind('/');
  return slash ? path.substr(0, slash) : "/";
}
inline std::string nameOf(const std::string& path) { return path.substr(path.rfind('/') + 1); }

// On a mount that no namespace has: what lies there has no path.
constexpr const char *kDetachedFolder = "/detached", *kDetachedFile = "/detached/file";

}  // namespace lsmpc::materialise
