#include "runtime/unpin.h"

#include <algorithm>
#include <filesystem>

#include "runtime/attachment.h"
#include "runtime/calls_under_way.h"
#include "runtime/message.h"
#include "runtime/pins.h"
#include "runtime/protection.h"
#include "runtime/trial.h"
#include "runtime/turn.h"
#include "runtime/watch_lock.h"

namespace lsmpc::runtime {
namespace {

namespace fs = std::filesystem;

void removeFile(const std::string& path, const std::string& name) {
  std::error_code error;
  if (!fs::remove(path, error) && error) throw Failure(Message::UnloadFailed, {name, path + ": " + error.message()});
}

void removePins(const std::string& folder, const std::string& name) {
  for (const std::string& hook : pinnedHooks(folder)) removeFile(linkPin(folder, hook), name);
}

// After the links are gone.
void finish(const std::string& name, const std::string& folder, const std::vector<Attachment>& attachments) {
  std::vector<Attachment> held = stillAttached(attachments);
  for (const std::string& entry : entriesOf(folder)) removeFile(folder + "/" + entry, name);
  removeFile(folder, name);
  std::vector<Problem> problems;
  for (const Attachment& one : held) problems.push_back({Message::StillAttached, {name, std::to_string(one.link), one.hook}, {}});
  if (!problems.empty()) throw Failure(std::move(problems));
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

void removeReplaced(const std::string& name, uint64_t generation) {
  std::string folder = generationFolder(name, generation);
  std::vector<Attachment> attachments = pinnedAttachments(folder);
  bool all_known = attachments.size() == pinnedHooks(folder).size();
  removePins(folder, name);
  if (!all_known) letCallsPass();  // of those whose link could not be asked for, nothing says when they end
  finish(name, folder, attachments);
}

// It is nobody's turn first: a policy may forbid to remove its own pins.
void removePolicy(const std::string& name) {
  changeTurn(name, [](Turn& turn) { turn.give(0); });
  settleTrial(name);
  std::vector<Problem> problems;
  for (uint64_t generation : generations(name)) {
    try {
      removeReplaced(name, generation);
    } catch (const Failure& failure) {
      problems.insert(problems.end(), failure.problems().begin(), failure.problems().end());
    }
  }
  if (generations(name).empty()) removeFolder(name);
  try {
    endIdleProtection();
  } catch (const Failure& failure) {
    problems.insert(problems.end(), failure.problems().begin(), failure.problems().end());
  }
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
