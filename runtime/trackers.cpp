#include "runtime/trackers.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>

#include "runtime/abi/layout.h"
#include "runtime/left_out.h"
#include "runtime/message.h"
#include "runtime/pins.h"
#include "runtime/preflight.h"
#include "runtime/prepare.h"

namespace lsmpc::runtime {
namespace {

struct Tracker {
  std::string_view program, section;
};
constexpr Tracker kTrackers[] = {
#define LSMP_TRACKER(program, section, hashed_only, steps_only) {program, section},
#include "runtime/abi/trackers.def"
};

constexpr std::string_view kHookSection = "lsm/";
// Parents come before their children but where process numbers have wrapped: each further pass reaches one such step more.
constexpr int kPasses = 8, kMostPasses = 1000;

bool isOnHook(const Tracker& tracker) { return tracker.section.substr(0, kHookSection.size()) == kHookSection; }

bpf_program* programOf(bpf_object* object, const Tracker& tracker) {
  return bpf_object__find_program_by_name(object, std::string(tracker.program).c_str());
}

std::string linkName(const Tracker& tracker) { return "track_" + std::string(tracker.section.substr(kHookSection.size())); }

using Marks = std::array<uint64_t, 2>;  // how many of each lsmp_task_mark

// Reads the iterator to its end, which runs the program for every task.
int runOnce(bpf_link* link, Marks& marks) {
  Descriptor iterator(bpf_iter_create(bpf_link__fd(link)));
  if (!iterator) return -errno;
  char bytes[4096];
  for (marks = {};;) {
    ssize_t got = read(iterator.get(), bytes, sizeof bytes);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return got < 0 ? -errno : 0;
    for (ssize_t i = 0; i < got; ++i) ++marks[bytes[i] == LSMP_TASK_AGAIN ? LSMP_TASK_AGAIN : LSMP_TASK_OLDER];
  }
}

// Until no task has to be read again.
int runAll(bpf_link* link, uint64_t& older) {
  Marks marks{};
  for (int pass = 0; pass < kPasses || marks[LSMP_TASK_AGAIN]; ++pass) {
    if (pass == kMostPasses) return -EAGAIN;
    if (int error = runOnce(link, marks)) return error;
  }
  older = marks[LSMP_TASK_OLDER];
  return 0;
}

lsmp_followed followedOf(const std::vector<std::string>& ours, const std::vector<std::string>& theirs) {
  lsmp_followed followed{};
  std::fill(std::begin(followed.bits), std::end(followed.bits), LSMP_NO_BIT);
  for (size_t i = 0; i < ours.size(); ++i) {
    auto same = std::find(theirs.begin(), theirs.end(), ours[i]);
    if (same == theirs.end()) continue;
    followed.bits[i] = static_cast<lsmp_u8>(same - theirs.begin());
    followed.kept |= uint64_t{1} << i;
    followed.follows = 1;
  }
  followed.whole = std::count(std::begin(followed.bits), std::begin(followed.bits) + ours.size(), LSMP_NO_BIT) == 0;
  return followed;
}

// Nothing where the policy keeps none, or not as this object would.
Descriptor pinnedFacts(const std::string& path, const bpf_map* like) {
  Descriptor facts(bpf_obj_get(path.c_str()));
  if (!facts && errno == ENOENT) return {};
  bpf_map_info info{};
  uint32_t size = sizeof info;
  if (!facts || bpf_obj_get_info_by_fd(facts.get(), &info, &size)) throw Failure(Message::PinUnusable, {path, errorText(errno)});
  return info.type == bpf_map__type(like) && info.value_size == bpf_map__value_size(like) ? std::move(facts) : Descriptor();
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

bool usesTaskStorage(const bpf_object* object) {
  return usesTaskStorage(kernelHasTaskStorage(), [&](const char* name) { return bpf_object__find_map_by_name(object, name) != nullptr; });
}

void chooseTrackers(bpf_object* object) {
  bool storage = usesTaskStorage(object);
  for (const Tracker& tracker : kTrackers)
    if (bpf_program* program = programOf(object, tracker); program && isTrackerLeftOut(tracker.program, storage))
      bpf_program__set_autoload(program, false);
}

void followFacts(const PolicyObject& object, uint64_t generation) {
  const char* name = usesTaskStorage(object.handle.get()) ? LSMP_MAP_FACTS_BEFORE : LSMP_MAP_FACTS_BEFORE_HASHED;
  bpf_map* map = bpf_object__find_map_by_name(object.handle.get(), name);
  if (!map || !generation || !object.followed) return;
  LoadedPolicy before = loadedPolicy(object.manifest.name);
  lsmp_followed followed = followedOf(object.manifest.facts, before.manifest.facts);
  if (!followed.follows) return;
  Descriptor facts = pinnedFacts(factsPin(before.folder), map);
  if (!facts) return;
  Variable variable = *object.followed;
  memcpy(variable.bytes.data() + variable.offset, &followed, sizeof followed);
  int error = bpf_map__set_autocreate(map, true);
  if (!error) error = bpf_map__reuse_fd(map, facts.get());
  if (!error) error = store(variable);
  if (error) throw Failure(Message::LoadFailed, {object.path, errorText(error)});
}

bpf_map* factsOf(bpf_object* object) {
  return bpf_object__find_map_by_name(object, usesTaskStorage(object) ? LSMP_MAP_FACTS : LSMP_MAP_FACTS_HASHED);
}

std::string factsPin(const std::string& folder) { return folder + "/facts"; }

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
    if (int error = runAll(link.get(), older))
      throw Failure(Message::AttachFailed, {std::string(tracker.section), errorText(error), ready.object.manifest.name});
  }
  return older;
}

}  // namespace lsmpc::runtime
