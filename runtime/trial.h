// A load on trial: it is taken back when its time is over, unless it is confirmed. A process of its own sees to that, and needs no call for it that a policy could
// forbid: it stores to mappings that it has. If somebody ends that process, the next command takes the load back.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "runtime/mapped_words.h"
#include "runtime/turn.h"

namespace lsmpc::runtime {

enum class TrialState : uint64_t { Waits, Confirmed, TakenBack };

struct TrialPolicy {
  Turn* turn = nullptr;
  uint64_t generation = 0;  // the one on trial
  uint64_t before = 0;      // the one that was in force; 0: none
};

// What all policies of one load share, pinned in the folder of each.
class Trial {
 public:
  // For a load that begins. Throws Failure PinUnusable.
  Trial();
  // A policy's, which is pinned. Throws Failure PinUnusable.
  static Trial of(const std::string& policy);

  void pin(const std::string& policy) const;  // throws Failure PinFailed
  TrialState state() const;
  // Nanoseconds since boot at which it is taken back.
  uint64_t deadline() const;
  // Of two who end it one succeeds.
  bool end(TrialState how);
  // A process that takes it back in so many seconds: the time of what came before, attaching and rehearsing, is not the trial's. Throws Failure HostRefuses.
  void watch(const std::vector<TrialPolicy>& policies, uint64_t seconds);

 private:
  explicit Trial(MappedWords words) : words_(std::move(words)) {}

  MappedWords words_;
};

std::string trialPin(const std::string& policy);
// Whether its newest load is in force and waits to be confirmed.
bool onTrial(const std::string& policy);
// Until that one is taken back, at least 1; 0: it is not on trial.
uint64_t secondsLeft(const std::string& policy);
// Where there is one, the process that waits goes, and does nothing any more.
void endTrial(const std::string& policy);
// Of one that is over its time, where nobody has done so, or was never in force. The caller holds the lock.
void takeBackOverdue(const std::string& policy);

}  // namespace lsmpc::runtime
