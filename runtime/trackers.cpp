#include "runtime/trackers.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <unistd.h>

#include <cerrno>
#include <string_view>

#include "runtime/abi/layout.h"
#include "runtime/message.h"
#include "runtime/preflight.h"
#include "runtime/prepare.h"

namespace lsmpc::runtime {
namespace {

struct Tracker {
  std::string_view program, section;
  bool hashed_only;
};
constexpr Tracker kTrackers[] = {
#define LSMP_TRACKER(program, section, hashed_only, steps_only) {program, section, hashed_only},
#include "runtime/abi/trackers.def"
};

constexpr std::string_view kHookSection = "lsm/";
// Parents come before their children but where process numbers have wrapped: each further pass reaches one such step more.
constexpr int kPasses = 8;

bool isOnHook(const Tracker& tracker) { return tracker.section.substr(0, kHookSection.size()) == kHookSection; }

bpf_program* programOf(bpf_object* object, const Tracker& tracker) {
  return bpf_object__find_program_by_name(object, std::string(tracker.program).c_str());
}

std::string linkName(const Tracker& tracker) { return "track_" + std::string(tracker.section.substr(kHookSection.size())); }

// Reads the iterator to its end, which runs the program for every task. `written`: bytes.
int runOnce(bpf_link* link, uint64_t& written) {
  Descriptor iterator(bpf_iter_create(bpf_link__fd(link)));
  if (!iterator) return -errno;
  char bytes[4096];
  for (written = 0;;) {
    ssize_t got = read(iterator.get(), bytes, sizeof bytes);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return got < 0 ? -errno : 0;
    written += static_cast<uint64_t>(got);
  }
}

}  // namespace

bool isTracker(const std::string& program, const std::string& section) {
  for (const Tracker& tracker : kTrackers)
    if (tracker.program == program && tracker.section == section) return true;
  return false;
}

bool isTrackerLink(const std::string& name) {
  for (const Tracker& tracker : kTrackers)
    if (isOnHook(tracker) && linkName(tracker) == name) return true;
  return false;
}

void chooseTrackers(bpf_object* object) {
  for (const Tracker& tracker : kTrackers)
    if (bpf_program* program = programOf(object, tracker); program && tracker.hashed_only && kernelHasTaskStorage())
      bpf_program__set_autoload(program, false);
  const char* spare = kernelHasTaskStorage() ? LSMP_MAP_FACTS_HASHED : LSMP_MAP_FACTS;
  if (bpf_map* map = bpf_object__find_map_by_name(object, spare)) bpf_map__set_autocreate(map, false);
}

void attachTrackers(ReadyObject& ready) {
  for (const Tracker& tracker : kTrackers) {
    bpf_program* program = programOf(ready.object.handle.get(), tracker);
    if (!program || !isOnHook(tracker) || !bpf_program__autoload(program)) continue;
    attachProgram(ready, program, linkName(tracker));
  }
}

uint64_t readRunningTasks(const ReadyObject& ready) {
  uint64_t older = 0;
  for (const Tracker& tracker : kTrackers) {
    bpf_program* program = programOf(ready.object.handle.get(), tracker);
    if (!program || isOnHook(tracker)) continue;
    std::unique_ptr<bpf_link, LinkDestroy> link(bpf_program__attach_iter(program, nullptr));
    if (!link) throw Failure(Message::AttachFailed, {std::string(tracker.section), errorText(errno), ready.object.manifest.name});
    for (int pass = 0; pass < kPasses; ++pass)
      if (int error = runOnce(link.get(), older))
        throw Failure(Message::AttachFailed, {std::string(tracker.section), errorText(error), ready.object.manifest.name});
  }
  return older;
}

}  // namespace lsmpc::runtime
