#include "runtime/trial.h"

#include <bpf/bpf.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <ctime>
#include <utility>

#include "runtime/lock.h"
#include "runtime/message.h"
#include "runtime/pins.h"
#include "runtime/unpin.h"

namespace lsmpc::runtime {
namespace {

enum Word { kState, kDeadline, kWords };

constexpr uint64_t kSecond = 1'000'000'000;
constexpr long kLook = 100'000'000;  // nanoseconds from look to look
constexpr const char* kTrial = "trial";

size_t mappedBytes() { return static_cast<size_t>(sysconf(_SC_PAGESIZE)); }

int makeMap() {
  LIBBPF_OPTS(bpf_map_create_opts, options, .map_flags = BPF_F_MMAPABLE);
  return bpf_map_create(BPF_MAP_TYPE_ARRAY, "lsmp_trial", sizeof(uint32_t), kWords * sizeof(uint64_t), 1, &options);
}

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
  while (trial.state() == TrialState::Waits && nowSinceBoot() < trial.deadline()) nanosleep(&look, nullptr);
  if (!trial.end(TrialState::TakenBack)) _exit(0);
  for (const TrialPolicy& policy : policies) policy.turn->giveOlder(policy.before);
  try {
    Descriptor lock = lockPins();
    removeLeftovers();
  } catch (const std::exception&) {
    // What is left permits; the next command removes it.
  }
  _exit(0);
}

}  // namespace

uint64_t nowSinceBoot() {
  timespec now{};
  clock_gettime(CLOCK_BOOTTIME, &now);
  return static_cast<uint64_t>(now.tv_sec) * kSecond + static_cast<uint64_t>(now.tv_nsec);
}

std::string trialPin(const std::string& policy) { return policyFolder(policy) + "/" + kTrial; }

Trial::Trial(Descriptor map, const std::string& name) : map_(std::move(map)) {
  void* mapped = map_ ? mmap(nullptr, mappedBytes(), PROT_READ | PROT_WRITE, MAP_SHARED, map_.get(), 0) : MAP_FAILED;
  if (mapped == MAP_FAILED) throw Failure(Message::PinUnusable, {name, errorText(errno)});
  words_ = static_cast<uint64_t*>(mapped);
}

Trial::Trial(uint64_t seconds) : Trial(Descriptor(makeMap()), kTrial) { words_[kDeadline] = nowSinceBoot() + seconds * kSecond; }

Trial Trial::of(const std::string& policy) { return Trial(openPin(trialPin(policy)), trialPin(policy)); }

Trial::Trial(Trial&& other) noexcept : map_(std::move(other.map_)), words_(std::exchange(other.words_, nullptr)) {}

Trial::~Trial() {
  if (words_) munmap(words_, mappedBytes());
}

void Trial::pin(const std::string& policy) const {
  if (bpf_obj_pin(map_.get(), trialPin(policy).c_str()))
    throw Failure(Message::PinFailed, {policy, trialPin(policy) + ": " + errorText(errno)});
}

TrialState Trial::state() const { return static_cast<TrialState>(std::atomic_ref(words_[kState]).load()); }

uint64_t Trial::deadline() const { return std::atomic_ref(words_[kDeadline]).load(); }

bool Trial::end(TrialState how) {
  auto waits = static_cast<uint64_t>(TrialState::Waits);
  return std::atomic_ref(words_[kState]).compare_exchange_strong(waits, static_cast<uint64_t>(how));
}

// Twice forked, so that it is nobody's child.
void Trial::watch(const std::vector<TrialPolicy>& policies) {
  pid_t child = fork();
  if (child < 0) throw Failure(Message::LoadFailed, {kTrial, errorText(errno)});
  if (child == 0) {
    pid_t watcher = fork();
    if (watcher == 0) waitAndTakeBack(*this, policies);
    _exit(watcher < 0 ? 1 : 0);
  }
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (status != 0) throw Failure(Message::LoadFailed, {kTrial, "no process for it"});
}

bool onTrial(const std::string& policy) {
  if (access(trialPin(policy).c_str(), F_OK)) return false;
  Trial trial = Trial::of(policy);
  if (trial.state() == TrialState::Waits && nowSinceBoot() < trial.deadline() + kSecond) return true;
  trial.end(TrialState::TakenBack);
  if (trial.state() != TrialState::TakenBack) return false;
  Turn turn(policy);
  std::vector<uint64_t> all = generations(policy);
  auto newest = all.empty() ? 0 : all.back();
  if (turn.generation() == newest) turn.giveOlder(all.size() > 1 ? all[all.size() - 2] : 0);
  return false;
}

uint64_t secondsLeft(const std::string& policy) {
  uint64_t deadline = Trial::of(policy).deadline(), now = nowSinceBoot();
  return 1 + (deadline > now ? (deadline - now) / kSecond : 0);
}

}  // namespace lsmpc::runtime
