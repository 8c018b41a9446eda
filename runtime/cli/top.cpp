#include <unistd.h>

#include <chrono>
#include <csignal>
#include <ctime>
#include <iostream>

#include "runtime/cli/host.h"
#include "runtime/cli/options.h"
#include "runtime/cli/screen.h"
#include "runtime/lock.h"
#include "runtime/stats.h"
#include "runtime/top_frame.h"

namespace lsmpc::cli {
namespace {

using Clock = std::chrono::steady_clock;

volatile std::sig_atomic_t stopped = 0;
void onSignal(int) { stopped = 1; }

struct Look {
  runtime::Stats stats;
  Clock::time_point at = Clock::now();
};

Look lookNow(const std::vector<std::string>& names) {
  auto lock = runtime::lockPins();
  return {runtime::readStats(names)};
}

std::string frameOf(const Look& before, const Look& now) {
  return runtime::topFrame(before.stats, now.stats, std::chrono::duration<double>(now.at - before.at).count());
}

// Whatever ends it, the terminal is as before: signals end the loop, failures pass the screen's destructor.
void watch(const std::vector<std::string>& names) {
  for (int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE}) std::signal(signal, onSignal);
  Look before = lookNow(names);
  Screen screen;
  bool shown = screen.show(frameOf({}, before));
  while (shown && !stopped) {
    timespec second{1, 0};
    if (nanosleep(&second, nullptr)) continue;
    Look now = lookNow(names);
    shown = screen.show(frameOf(before, now));
    before = std::move(now);
  }
}

}  // namespace

int runTop(const Call& call) {
  boost::program_options::options_description options("options");
  options.add_options()("once", "print one look, without a terminal too");
  Parsed parsed = parse(call, options, 1);
  if (parsed.help) return 0;
  bool once = parsed.values.count("once") != 0;
  if (!once && !isatty(STDOUT_FILENO)) misused(call, "`top` needs a terminal: `--once` prints one look, `stats` has all counts");
  (void)beginHost(call.program);  // for its checks; each look takes the lock anew
  if (once)
    std::cout << frameOf({}, lookNow(parsed.names));
  else
    watch(parsed.names);
  return 0;
}

}  // namespace lsmpc::cli
