#include "runtime/watch.h"

#include <poll.h>

#include <algorithm>
#include <chrono>

#include "runtime/abi/layout.h"
#include "runtime/ending_signals.h"
#include "runtime/folder_events.h"
#include "runtime/folder_stamp.h"
#include "runtime/lock.h"
#include "runtime/metrics_endpoint.h"
#include "runtime/pins.h"
#include "runtime/preflight.h"
#include "runtime/service_manager.h"
#include "runtime/watch_lock.h"

namespace lsmpc::runtime {
namespace {

using Milliseconds = std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr Milliseconds kLook{10'000};                    // from look to look where nothing wakes it
constexpr Milliseconds kLookUntold{2'000};               // where the host does not tell of changes
constexpr Milliseconds kQuiet{200}, kMostUnrest{2'000};  // who writes one file often writes another
constexpr Milliseconds kBusy{100};                       // another command is at work

// What of a pass is told: where nothing of it is new, nobody is.
std::string gist(const ApplyReport& report) {
  std::string text;
  for (const PolicyFate& policy : report.policies)
    if (policy.fate != Fate::Unchanged)
      text += policy.name + policy.path + wordOf(policy.fate) + std::to_string(policy.generation) + policy.why + "\n";
  for (const Problem& problem : problemsOf(report)) text += textOf(problem) + "\n";
  return text;
}

std::string gist(const Failure& failure) {
  std::string text;
  for (const Problem& problem : failure.problems()) text += textOf(problem) + "\n";
  return text;
}

enum class InForce { AsLeft, Drifted, Busy };

class Watch {
 public:
  Watch(const ApplyRequest& request, const std::optional<MetricsAddress>& metrics, const WatchTold& told)
      : request_(request),
        told_(told),
        lock_(request.folder) {
    if (!metrics) return;
    endpoint_.emplace(*metrics);
    told_.note("metrics are at http://" + textOf(*metrics) + "/metrics");
  }

  void run() {
    begin();
    pass(applyFolder(request_));
    tellManager("READY=1\n");
    while (wait()) {
      watchPlaces();  // one may be another by now: renamed and made anew, unmounted and mounted again
      InForce found = inForce();
      busy_ = found == InForce::Busy;
      if (!busy_ && isDue(found)) passAgain();
    }
    tellManager("STOPPING=1\n");
  }

 private:
  // Before a pass reads the folder, so that what changes meanwhile is seen afterwards.
  void begin() {
    watchPlaces();
    stamp_ = stampOf(request_.folder);
  }

  // Where something may change. What cannot be read now is there for the next look.
  std::set<std::string> places() const {
    std::set<std::string> all = placesOf(request_.folder);
    all.insert(LSMP_PIN_ROOT);
    try {
      for (const std::string& name : known_)
        for (uint64_t generation : generations(name)) all.insert(generationFolder(name, generation));
    } catch (const Failure&) {
      // the pass says what is wrong
    }
    return all;
  }

  void watchPlaces() {
    events_.watch(places());
    if (events_.reason() != untold_)
      told_.note("this host does not tell of changes (" + events_.reason() + "): the folder is looked at every 2 s");
    untold_ = events_.reason();
  }

  // What failed is tried again after a while, whatever happens: the attempt itself wakes it.
  bool isDue(InForce found) const {
    if (stampOf(request_.folder) != stamp_) return true;
    return trouble_ ? Clock::now() >= next_try_ : found == InForce::Drifted;
  }

  // Compared with what the last pass left.
  InForce inForce() const {
    try {
      std::optional<Descriptor> lock = tryLock(LSMP_PIN_ROOT);
      if (!lock) return InForce::Busy;
      for (const std::string& name : known_) {
        std::optional<LoadedPolicy> policy = policyInForce(name);
        if (!policy || !policy->faults.empty() || policy->origin != Origin{request_.folder}) return InForce::Drifted;
      }
      return InForce::AsLeft;
    } catch (const Failure&) {
      return InForce::Drifted;  // the pass says what is wrong
    }
  }

  void passAgain() {
    begin();
    next_try_ = Clock::now() + kLook;
    try {
      pass(applyFolder(request_, known_));
    } catch (const Failure& failure) {
      trouble_ = true;
      if (std::string text = gist(failure); text != std::exchange(last_, text)) told_.failure(failure);
      tellManager("STATUS=" + textOf(failure.problems().front()) + "\n");
    }
  }

  void pass(const ApplyReport& report) {
    known_ = inForceAfter(report);
    watchPlaces();
    bool had_trouble = std::exchange(trouble_, !problemsOf(report).empty());
    std::string text = gist(report);
    if (first_ || (!text.empty() && text != last_)) told_.pass(report);
    if (had_trouble && text.empty()) told_.note("all is as the folder has it");
    last_ = std::move(text);
    first_ = false;
    tellManager("STATUS=" + std::to_string(known_.size()) + " in force" + (trouble_ ? ", not all is as the folder has it" : "") + "\n");
  }

  // Until something may have changed, and it is quiet again. False: it is to end.
  bool wait() {
    Milliseconds patience = busy_ ? kBusy : events_.fd() < 0 ? kLookUntold : kLook;
    Clock::time_point unrest = Clock::time_point::max();
    for (;;) {
      pollfd both[] = {{signals_.fd(), POLLIN, 0}, {events_.fd(), POLLIN, 0}};
      int ready = poll(both, 2, static_cast<int>(patience.count()));
      if (both[0].revents) return false;
      if (ready == 0 || Clock::now() >= unrest) return true;
      events_.drain();
      unrest = std::min(unrest, Clock::now() + kMostUnrest);
      patience = kQuiet;
    }
  }

  ApplyRequest request_;
  const WatchTold& told_;
  EndingSignals signals_;
  WatchLock lock_;
  FolderEvents events_;
  std::optional<MetricsEndpoint> endpoint_;  // behind the signals, which are not its thread's
  std::string stamp_;                        // of the folder, when the last pass began
  std::string last_;                         // what was told of it
  std::string untold_;                       // why the host does not tell of changes
  std::set<std::string> known_;
  Clock::time_point next_try_{};
  bool first_ = true, trouble_ = false, busy_ = false;
};

}  // namespace

void watchFolder(const ApplyRequest& request, const std::optional<MetricsAddress>& metrics, const WatchTold& told) {
  if (std::vector<Problem> problems = checkHost(); !problems.empty()) throw Failure(std::move(problems));
  Watch(request, metrics, told).run();
}

}  // namespace lsmpc::runtime
