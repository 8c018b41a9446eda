#include "runtime/events.h"

#include <csignal>
#include <iostream>

#include "runtime/cli/host.h"
#include "runtime/cli/options.h"

namespace lsmpc::cli {
namespace {

volatile std::sig_atomic_t stopped = 0;
void onSignal(int) { stopped = 1; }

}  // namespace

int runEvents(const Call& call) {
  boost::program_options::options_description options("options");
  options.add_options()("follow,f", "go on until interrupted");
  Parsed parsed = parse(call, options, 1);
  if (parsed.help) return 0;
  (void)beginHost(call.program);  // for its checks; the lock is not kept
  bool follow = parsed.values.count("follow") != 0;
  auto show = [&](const std::string& line) {
    std::cout << line << "\n";
    if (follow) std::cout.flush();
  };
  if (!follow) {
    runtime::readEvents(parsed.names, show);
    return 0;
  }
  for (int signal : {SIGINT, SIGTERM, SIGPIPE}) std::signal(signal, onSignal);
  runtime::followEvents(parsed.names, show, [] { return stopped != 0 || !std::cout; });
  return 0;
}

}  // namespace lsmpc::cli
