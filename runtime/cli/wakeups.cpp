#include "runtime/cli/wakeups.h"

#include <poll.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <optional>
#include <string_view>

#include "runtime/message.h"

namespace lsmpc::cli {
namespace {

using Clock = std::chrono::steady_clock;

struct Meaning {
  int signal;
  Wakeup wakeup;
};
constexpr Meaning kMeanings[] = {{SIGINT, Wakeup::Quit},    {SIGTERM, Wakeup::Quit},     {SIGHUP, Wakeup::Quit},
                                 {SIGQUIT, Wakeup::Quit},   {SIGWINCH, Wakeup::Resized}, {SIGTSTP, Wakeup::Suspend},
                                 {SIGCONT, Wakeup::Resumed}};

sigset_t setOf(int signal) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, signal);
  return set;
}

std::optional<Wakeup> readSignal(int signals) {
  signalfd_siginfo info;
  if (read(signals, &info, sizeof info) != sizeof info) return std::nullopt;
  for (const Meaning& meaning : kMeanings)
    if (static_cast<int>(info.ssi_signo) == meaning.signal) return meaning.wakeup;
  return std::nullopt;
}

// Other keys mean nothing.
std::optional<Wakeup> readKeys() {
  char keys[64];
  ssize_t size = read(STDIN_FILENO, keys, sizeof keys);
  if (size < 0 && (errno == EINTR || errno == EAGAIN)) return std::nullopt;
  bool quit = size <= 0 || std::string_view(keys, static_cast<size_t>(size)).find_first_of("qQ") != std::string_view::npos;
  return quit ? std::optional(Wakeup::Quit) : std::nullopt;
}

}  // namespace

// What cannot be written any more is told by the write, not by a signal.
Wakeups::Wakeups() : keys_(isatty(STDIN_FILENO) != 0) {
  std::signal(SIGPIPE, SIG_IGN);
  sigset_t all;
  sigemptyset(&all);
  for (const Meaning& meaning : kMeanings) sigaddset(&all, meaning.signal);
  sigprocmask(SIG_BLOCK, &all, nullptr);
  signals_ = runtime::Descriptor(signalfd(-1, &all, SFD_CLOEXEC | SFD_NONBLOCK));
  if (!signals_) throw runtime::Failure(runtime::Message::OurFault, {"signalfd: " + runtime::errorText(errno)});
}

Wakeup Wakeups::next(Clock::time_point until) {
  for (;;) {
    auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now());
    if (left.count() <= 0) return Wakeup::Time;
    pollfd both[] = {{signals_.get(), POLLIN, 0}, {keys_ ? STDIN_FILENO : -1, POLLIN, 0}};
    if (poll(both, 2, static_cast<int>(left.count())) <= 0) continue;
    std::optional<Wakeup> wakeup;
    if (both[0].revents) wakeup = readSignal(signals_.get());
    if (!wakeup && both[1].revents) wakeup = readKeys();
    if (wakeup) return *wakeup;
  }
}

// The signal's own action, not SIGSTOP: where no shell would have the process go on, the kernel does not stop it. What woke it is known then.
void Wakeups::stopHere() {
  sigset_t stop = setOf(SIGTSTP), go_on = setOf(SIGCONT);
  raise(SIGTSTP);
  sigprocmask(SIG_UNBLOCK, &stop, nullptr);
  sigprocmask(SIG_BLOCK, &stop, nullptr);
  timespec none{};
  sigtimedwait(&go_on, nullptr, &none);
}

}  // namespace lsmpc::cli
