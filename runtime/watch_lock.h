// One watcher a folder: a lock on a folder of the pin root that is named after the watched one. It ends with the process.
#pragma once

#include <string>

#include "runtime/descriptor.h"

namespace lsmpc::runtime {

class WatchLock {
 public:
  // Waits for the lock on the pin root. Throws Failure LockFailed, SecondWatcher.
  explicit WatchLock(const std::string& folder);
  ~WatchLock();
  WatchLock(const WatchLock&) = delete;
  WatchLock& operator=(const WatchLock&) = delete;

 private:
  std::string path_;
  Descriptor lock_;
};

// Of watchers that were killed. The caller holds the lock on the pin root.
void removeStaleWatchLocks();

}  // namespace lsmpc::runtime
