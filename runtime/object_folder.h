// A folder of objects, as `apply` takes it: every `*.bpf.o` in it, hidden ones aside, by itself or by a symbolic link (as in a mounted ConfigMap).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "runtime/message.h"
#include "runtime/object.h"

namespace lsmpc::runtime {

struct FolderObject {
  std::string name;  // of its policy
  std::string mode;  // of its policy: enforce, audit
  std::string sha256;
  ObjectFile file;
};

struct UnusableFile {
  std::string path;
  std::vector<Problem> problems;
};

struct FolderContent {
  std::vector<FolderObject> objects;   // by path
  std::vector<UnusableFile> unusable;  // what their policies are called is not known
};

// The folder that `path` leads to, there or not: what names it wherever it is kept. Throws Failure FolderUnusable.
std::string canonicalFolder(const std::string& path);
// Nothing where it is not there. Throws Failure FolderUnusable, OthersWrite.
std::optional<FolderContent> readFolder(const std::string& folder);
// Names of its objects' files, sorted; none where it is not there. Throws Failure FolderUnusable.
std::vector<std::string> objectFiles(const std::string& folder);

}  // namespace lsmpc::runtime
