#include "runtime/folder_events.h"

#include <sys/inotify.h>

#include <cerrno>

#include "runtime/message.h"

namespace lsmpc::runtime {
namespace {

constexpr uint32_t kChanges =
    IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_CLOSE_WRITE | IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR;

}  // namespace

FolderEvents::FolderEvents() : events_(inotify_init1(IN_NONBLOCK | IN_CLOEXEC)) {
  if (!events_) giveUp(errno);
}

void FolderEvents::giveUp(int error) {
  events_ = Descriptor();
  reason_ = errorText(error);
}

void FolderEvents::watch(const std::set<std::string>& folders) {
  for (const std::string& folder : folders) {
    if (!events_) return;
    if (inotify_add_watch(events_.get(), folder.c_str(), kChanges) >= 0 || errno == ENOENT || errno == ENOTDIR) continue;
    giveUp(errno);
    return;
  }
}

void FolderEvents::drain() {
  char buffer[4096];
  while (events_ && read(events_.get(), buffer, sizeof buffer) > 0) {
  }
}

}  // namespace lsmpc::runtime
