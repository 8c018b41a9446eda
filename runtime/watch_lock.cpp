#include "runtime/watch_lock.h"

#include <sys/stat.h>

#include <cerrno>
#include <optional>

#include "runtime/abi/layout.h"
#include "runtime/digest.h"
#include "runtime/lock.h"
#include "runtime/message.h"
#include "runtime/pins.h"

namespace lsmpc::runtime {
namespace {

// No policy's name has a colon, no bpffs takes one with a dot.
constexpr const char* kPrefix = "watch:";
constexpr size_t kDigits = 16;

std::string lockPath(const std::string& folder) { return std::string(LSMP_PIN_ROOT) + "/" + kPrefix + sha256(folder).substr(0, kDigits); }

}  // namespace

// Under the lock on the pin root, so that nobody removes it as stale between the two steps.
WatchLock::WatchLock(const std::string& folder) : path_(lockPath(folder)) {
  Descriptor pins = lockPins();
  if (mkdir(path_.c_str(), 0700) && errno != EEXIST) throw Failure(Message::LockFailed, {path_, errorText(errno)});
  std::optional<Descriptor> lock = tryLock(path_);
  if (!lock) throw Failure(Message::SecondWatcher, {folder});
  lock_ = std::move(*lock);
}

// Where another command is at work, that or the next one removes it.
WatchLock::~WatchLock() {
  try {
    if (std::optional<Descriptor> pins = tryLock(LSMP_PIN_ROOT)) rmdir(path_.c_str());
  } catch (const Failure&) {
  }
}

void removeStaleWatchLocks() {
  for (const std::string& entry : entriesOf(LSMP_PIN_ROOT)) {
    if (entry.rfind(kPrefix, 0) != 0) continue;
    std::string path = std::string(LSMP_PIN_ROOT) + "/" + entry;
    if (tryLock(path)) rmdir(path.c_str());
  }
}

}  // namespace lsmpc::runtime
