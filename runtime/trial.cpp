#include "runtime/trial.h"

#include <bpf/bpf.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <ctime>

#include "runtime/boot_time.h"
#include "runtime/lock.h"
#include "runtime/message.h"
#include "runtime/pins.h"
#include "runtime/unpin.h"

namespace lsmpc::runtime {
namespace {

enum Word { kState, kDeadline, kWords };

constexpr long kLook = 100'000'000;  // nanoseconds from look to look
constexpr const char *kTrial = "trial", *kStarting = "starting the process that takes it back";

// Nothing of the loader's keeps anybody waiting, and no signal of its terminal ends the wait.
void leaveSession() {
  setsid();
  for (int signal : {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGPIPE}) ::signal(signal, SIG_IGN);
  close_range(0, ~0u, 0);  // links that it held could not be detached; its mappings stay
  for (int fd = 0; fd < 3; ++fd) (void)!open("/dev/null", O_RDWR);
}

[[noreturn]] void waitAndTakeBack(Trial& trial, const std::vector<TrialPolicy>& policies) {
  leaveSession();
  const timespec look{0, kLook};
  while (trial.state() == TrialState::Waits && nanosecondsSinceBoot() < trial.deadline()) nanosleep(&look, nullptr);
  if (!trial.end(TrialState::TakenBack)) _exit(0);
  for (const TrialPolicy& policy : policies) policy.turn->takeBack(policy.generation, policy.before);
  try {
    Descriptor lock = lockPins();
    removeLeftovers();
  } catch (const std::exception&) {
    // What is left permits; the next command removes it.
  }
  _exit(0);
}

}  // namespace

std::string trialPin(const std::string& policy) { return policyFolder(policy) + "/" + kTrial; }

Trial::Trial() : words_(Descriptor(makeWordMap("lsmp_trial", kWords)), kTrial) {}

Trial Trial::of(const std::string& policy) { return Trial(MappedWords(openPin(trialPin(policy)), trialPin(policy))); }

void Trial::pin(const std::string& policy) const {
  if (bpf_obj_pin(words_.fd(), trialPin(policy).c_str()))
    throw Failure(Message::PinFailed, {policy, trialPin(policy) + ": " + errorText(errno)});
}

TrialState Trial::state() const { return static_cast<TrialState>(words_[kState].load()); }

uint64_t Trial::deadline() const { return words_[kDeadline].load(); }

bool Trial::end(TrialState how) {
  auto waits = static_cast<uint64_t>(TrialState::Waits);
  return words_[kState].compare_exchange_strong(waits, static_cast<uint64_t>(how));
}

// Twice forked, so that it is nobody's child.
void Trial::watch(const std::vector<TrialPolicy>& policies, uint64_t seconds) {
  words_[kDeadline].store(nanosecondsSinceBoot() + seconds * kSecond);
  pid_t child = fork();
  if (child < 0) throw Failure(Message::HostRefuses, {kTrial, kStarting, errorText(errno)});
  if (child == 0) {
    pid_t watcher = fork();
    if (watcher == 0) waitAndTakeBack(*this, policies);
    _exit(watcher < 0 ? 1 : 0);
  }
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (status != 0) throw Failure(Message::HostRefuses, {kTrial, kStarting, "it ended"});
}

namespace {

bool hasTrial(const std::string& policy) {
  if (!access(trialPin(policy).c_str(), F_OK)) return true;
  if (errno != ENOENT && errno != ENOTDIR) throw Failure(Message::PinUnusable, {trialPin(policy), errorText(errno)});
  return false;
}

// A loader that was killed before the turn has left a trial of which nothing is in force.
bool hasBegun(const std::string& policy) {
  std::vector<uint64_t> all = generations(policy);
  return !all.empty() && inForce(policy, all.back());
}

}  // namespace

bool onTrial(const std::string& policy) { return hasTrial(policy) && Trial::of(policy).state() == TrialState::Waits && hasBegun(policy); }

void endTrial(const std::string& policy) {
  if (hasTrial(policy)) Trial::of(policy).end(TrialState::TakenBack);
}

uint64_t secondsLeft(const std::string& policy) {
  if (!onTrial(policy)) return 0;
  uint64_t deadline = Trial::of(policy).deadline(), now = nanosecondsSinceBoot();
  return 1 + (deadline > now ? (deadline - now) / kSecond : 0);
}

void takeBackOverdue(const std::string& policy) {
  if (!hasTrial(policy)) return;
  Trial trial = Trial::of(policy);
  if (nanosecondsSinceBoot() >= trial.deadline() + kSecond || !hasBegun(policy)) trial.end(TrialState::TakenBack);
  if (trial.state() != TrialState::TakenBack) return;
  Turn turn(policy);
  std::vector<uint64_t> all = generations(policy);
  if (!all.empty()) turn.takeBack(all.back(), all.size() > 1 ? all[all.size() - 2] : 0);
}

}  // namespace lsmpc::runtime
