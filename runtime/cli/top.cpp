#include <unistd.h>

#include <chrono>
#include <iostream>
#include <optional>

#include "runtime/abi/layout.h"
#include "runtime/cli/host.h"
#include "runtime/cli/options.h"
#include "runtime/cli/screen.h"
#include "runtime/cli/wakeups.h"
#include "runtime/lock.h"
#include "runtime/stats.h"
#include "runtime/top_frame.h"

namespace lsmpc::cli {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kFromLookToLook{1};
constexpr std::chrono::milliseconds kBusy{100};  // another command is at work

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

// Keys are answered while another command has the lock.
std::optional<Look> lookIfFree(const std::vector<std::string>& names) {
  std::optional<runtime::Descriptor> lock = runtime::tryLock(LSMP_PIN_ROOT);
  if (!lock) return std::nullopt;
  return Look{runtime::readStats(names)};
}

// Whatever ends it, the terminal is as before: signals end the loop, failures pass the screen's destructor.
class Live {
 public:
  explicit Live(const std::vector<std::string>& names) : names_(names), before_(lookNow(names)), frame_(frameOf({}, before_)) {}

  void run() {
    while (screen_.show(frame_) && awaitNews()) {
    }
  }

 private:
  // Until there is something to be shown. False: it is to end.
  bool awaitNews() {
    for (;;) switch (wakeups_.next(next_)) {
        case Wakeup::Quit: return false;
        case Wakeup::Suspend:
          screen_.leave();
          wakeups_.stopHere();
          [[fallthrough]];
        case Wakeup::Resumed: screen_.enter(); return true;
        case Wakeup::Resized: return true;
        case Wakeup::Time:
          if (lookAgain()) return true;
      }
  }

  bool lookAgain() {
    std::optional<Look> now = lookIfFree(names_);
    next_ = Clock::now() + (now ? Clock::duration(kFromLookToLook) : Clock::duration(kBusy));
    if (!now) return false;
    frame_ = frameOf(before_, *now);
    before_ = std::move(*now);
    return true;
  }

  const std::vector<std::string>& names_;
  Look before_;
  std::string frame_;
  Clock::time_point next_ = Clock::now() + kFromLookToLook;
  Wakeups wakeups_;  // before the screen: what ends the process ends it by the loop
  Screen screen_;
};

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
    Live(parsed.names).run();
  return 0;
}

}  // namespace lsmpc::cli
