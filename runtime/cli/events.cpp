#include "runtime/events.h"

#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <iostream>

#include "runtime/cli/host.h"
#include "runtime/cli/options.h"
#include "runtime/event_text.h"

namespace lsmpc::cli {
namespace {

using runtime::EventText;

volatile std::sig_atomic_t stopped = 0;
void onSignal(int) { stopped = 1; }

bool isSet(const char* variable) {
  const char* value = std::getenv(variable);
  return value && *value;
}

bool wantsText(const Parsed& parsed) { return parsed.values["format"].defaulted() ? isatty(STDOUT_FILENO) != 0 : parsed.format == "text"; }

EventText::Form formOfText() {
  const char* kind = std::getenv("TERM");
  bool plain = isSet("NO_COLOR") || !kind || std::string_view(kind) == "dumb" || !isatty(STDOUT_FILENO);
  return plain ? EventText::Form::Plain : EventText::Form::Coloured;
}

runtime::ShowEvent printer(const Parsed& parsed, bool at_once) {
  auto print = [at_once](const std::string& line) {
    std::cout << line << "\n";
    if (at_once) std::cout.flush();
  };
  if (!wantsText(parsed)) return [print](const runtime::EventLine& line) { print(runtime::jsonText(line)); };
  return [print, text = EventText(formOfText())](const runtime::EventLine& line) mutable { print(text.line(line)); };
}

}  // namespace

int runEvents(const Call& call) {
  boost::program_options::options_description options("options");
  options.add_options()("follow,f", "go on until interrupted");
  Parsed parsed = parse(call, options, 1);
  if (parsed.help) return 0;
  (void)beginHost(call.program);  // for its checks; the lock is not kept
  bool follow = parsed.values.count("follow") != 0;
  runtime::ShowEvent show = printer(parsed, follow);
  if (!follow) {
    runtime::readEvents(parsed.names, show);
    return 0;
  }
  for (int signal : {SIGINT, SIGTERM, SIGPIPE}) std::signal(signal, onSignal);
  runtime::followEvents(parsed.names, show, [] { return stopped != 0 || !std::cout; });
  return 0;
}

}  // namespace lsmpc::cli
