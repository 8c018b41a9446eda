// Wakes who waits as soon as something changes in one of some folders, by inotify. What has changed it does not say: events can be
// lost, and folders renamed or unmounted, so those who are woken look, and name the folders again.
#pragma once

#include <set>
#include <string>

#include "runtime/descriptor.h"

namespace lsmpc::runtime {

class FolderEvents {
 public:
  FolderEvents();
  // Those that are there, in addition to what it watches; again is as well.
  void watch(const std::set<std::string>& folders);
  // Readable where something has changed; -1: this host does not tell.
  int fd() const { return events_.get(); }
  // Why not; empty: it does.
  const std::string& reason() const { return reason_; }
  void drain();

 private:
  void giveUp(int error);

  Descriptor events_;
  std::string reason_;
};

}  // namespace lsmpc::runtime
