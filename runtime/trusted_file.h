// Files that nobody but root can change, for what is loaded without anybody looking on.
#pragma once

#include <string>

namespace lsmpc::runtime {

// Of a regular file of root's that no process has open for writing; meanwhile none can open it so. Throws Failure FileUnreadable, OthersWrite, BeingWritten.
std::string readTrusted(const std::string& path);

// Nobody but root can put something else in the place of this folder, or of what is in it: root's, and not open to others, up to `/`. A folder that is mounted read
// only may be open to others (Kubernetes mounts them so), one above it with the sticky bit. `folder` is canonical. Throws Failure FileUnreadable, OthersWrite.
void checkTrusted(const std::string& folder);

}  // namespace lsmpc::runtime
