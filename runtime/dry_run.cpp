#include "runtime/dry_run.h"

#include "runtime/lock.h"
#include "runtime/preflight.h"
#include "runtime/prepare.h"

namespace lsmpc::runtime {

std::vector<DryRun> dryRun(const std::vector<ObjectFile>& objects) {
  if (std::vector<Problem> problems = checkHost(); !problems.empty()) throw Failure(std::move(problems));
  Descriptor lock = lockPins();
  std::vector<DryRun> runs;
  for (const ObjectFile& object : objects) {
    prepareObject(object, true);  // what is refused is refused here, with all that the verifier has to say
    VerifierLog log;
    ReadyObject ready = prepareObject(object, true, &log);
    runs.push_back({ready.object.manifest.name, ready.absent, log.counts()});
  }
  return runs;
}

}  // namespace lsmpc::runtime
