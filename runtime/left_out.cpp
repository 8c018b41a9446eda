#include "runtime/left_out.h"

namespace lsmpc::runtime {
namespace {

struct Tracker {
  std::string_view program;
  bool hashed_only;
};
constexpr Tracker kTrackers[] = {
#define LSMP_TRACKER(program, section, hashed_only, steps_only) {program, hashed_only},
#include "runtime/abi/trackers.def"
};

}  // namespace

std::vector<std::string_view> mapsLeftOut(bool uses_task_storage) {
  std::vector<std::string_view> names{LSMP_MAP_FACTS_BEFORE, LSMP_MAP_FACTS_BEFORE_HASHED};
  if (uses_task_storage)
    names.push_back(LSMP_MAP_FACTS_HASHED);
  else
    names.insert(names.end(), {LSMP_MAP_FACTS, LSMP_MAP_SCRATCH, LSMP_MAP_SCRATCH_NEXT});
  return names;
}

bool isTrackerLeftOut(std::string_view program, bool uses_task_storage) {
  for (const Tracker& tracker : kTrackers)
    if (tracker.program == program) return tracker.hashed_only && uses_task_storage;
  return false;
}

}  // namespace lsmpc::runtime
