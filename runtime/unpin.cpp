#include "runtime/unpin.h"

#include "runtime/calls_under_way.h"
#include "runtime/message.h"
#include "runtime/pins.h"
#include "runtime/protection.h"
#include "runtime/trial.h"
#include "runtime/turn.h"
#include "runtime/unpin_folder.h"
#include "runtime/watch_lock.h"

namespace lsmpc::runtime {
namespace {

// What the step cannot do is told at the end, and keeps no other from being done.
template <class Step>
void collect(std::vector<Problem>& problems, Step step) {
  try {
    step();
  } catch (const Failure& failure) {
    problems.insert(problems.end(), failure.problems().begin(), failure.problems().end());
  }
}

// A word that cannot be had stays as it is: the pins go all the same.
void changeTurn(const std::string& name, void (*change)(Turn&)) {
  try {
    Turn turn(name);
    change(turn);
  } catch (const Failure&) {
  }
}

void settleTrial(const std::string& name) {
  try {
    endTrial(name);
  } catch (const Failure&) {
  }
}

// Of a policy without generations.
void removeFolder(const std::string& name) {
  removeFile(turnPin(name), name);
  removeFile(trialPin(name), name);
  removeFile(policyFolder(name), name);
}

}  // namespace

void removeReplaced(const std::string& name, uint64_t generation) { unpinFolder(generationFolder(name, generation), name); }

// It is nobody's turn first: a policy may forbid to remove its own pins.
void removePolicy(const std::string& name) {
  changeTurn(name, [](Turn& turn) { turn.give(0); });
  settleTrial(name);
  std::vector<Problem> problems;
  for (uint64_t generation : generations(name)) collect(problems, [&] { removeReplaced(name, generation); });
  if (generations(name).empty()) removeFolder(name);
  collect(problems, endIdleProtection);
  if (!problems.empty()) throw Failure(std::move(problems));
}

std::vector<std::string> removeLeftovers() {
  std::vector<std::string> cleaned;
  removeStaleWatchLocks();
  // Those of one load share a trial: of all it is over, before any is cleaned.
  for (const std::string& name : pinnedNames()) takeBackOverdue(name);
  for (const std::string& name : pinnedNames()) {
    takeBackOverdue(name);
    if (onTrial(name)) continue;
    std::vector<uint64_t> all = generations(name);
    removeFile(trialPin(name), name);
    if (all.size() > 1 && inForce(name, all.back())) letCallsPass();
    uint64_t kept = 0;
    for (auto it = all.rbegin(); it != all.rend(); ++it) {
      if (!kept && inForce(name, *it))
        kept = *it;
      else
        removeReplaced(name, *it);
    }
    if (kept)
      changeTurn(name, [](Turn& turn) { turn.olderGone(); });
    else
      removeFolder(name);
    if (!kept || all.size() != 1) cleaned.push_back(name);
  }
  endIdleProtection();
  return cleaned;
}

}  // namespace lsmpc::runtime
