// A load on trial: it is taken back when its time is over, unless it is confirmed. A process of its own sees to that, and needs no call for it that a policy could
// forbid: it stores to mappings that it has. If somebody ends that process, the next command takes the load back.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/descriptor.h"
#include "runtime/turn.h"

namespace lsmpc::runtime {

enum class TrialState : uint64_t { Waits, Confirmed, TakenBack };

struct TrialPolicy {
  Turn* turn = nullptr;
  uint64_t before = 0;  // the generation that was in force; 0: none
};

// What all policies of one load share, pinned in the folder of each.
class Trial {
 public:
  // For a load that begins. Throws Failure LoadFailed.
  explicit Trial(uint64_t seconds);
  // A policy's, which is pinned. Throws Failure PinUnusable.
  static Trial of(const std::string& policy);
  ~Trial();
  Trial(Trial&& other) noexcept;
  Trial& operator=(Trial&&) = delete;

  void pin(const std::string& policy) const;  // throws Failure PinFailed
  TrialState state() const;
  // Nanoseconds since boot at which it is taken back.
  uint64_t deadline() const;
  // Of two who end it one succeeds.
  bool end(TrialState how);
  // A process that takes it back at the deadline. Throws Failure LoadFailed.
  void watch(const std::vector<TrialPolicy>& policies);

 private:
  Trial(Descriptor map, const std::string& name);

  Descriptor map_;
  uint64_t* words_ = nullptr;
};

std::string trialPin(const std::string& policy);
// Whether its newest load is on trial still. Where that is over its time and nobody has taken it back, that is done here; the caller holds the lock.
bool onTrial(const std::string& policy);
// Until one that is on trial is taken back; at least 1.
uint64_t secondsLeft(const std::string& policy);
// Nanoseconds since boot, as deadlines are.
uint64_t nowSinceBoot();

}  // namespace lsmpc::runtime
