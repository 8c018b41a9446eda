#include "runtime/events.h"

#include <csignal>
#include <iostream>

#include "runtime/cli/event_options.h"
#include "runtime/cli/event_outputs.h"
#include "runtime/cli/host.h"
#include "runtime/cli/problems.h"
#include "runtime/event_log.h"
#include "runtime/event_text.h"

namespace lsmpc::cli {
namespace {

using runtime::EventLine;
using runtime::EventText;

volatile std::sig_atomic_t stopped = 0;
void onSignal(int) { stopped = 1; }

runtime::ShowEvent printer(const EventOptions& options) {
  auto print = [at_once = options.follow](const std::string& line) {
    std::cout << line << "\n";
    if (at_once) std::cout.flush();
  };
  if (!options.text) return [print](const EventLine& line) { print(runtime::jsonText(line)); };
  EventText text(options.coloured ? EventText::Form::Coloured : EventText::Form::Plain);
  return [print, text](const EventLine& line) mutable { print(text.line(line)); };
}

// Before anything else, so that what is left out is written and counted nowhere.
runtime::ShowEvent filtered(const EventOptions& options, runtime::ShowEvent show) {
  if (!options.where) return show;
  return [&condition = *options.where, show = std::move(show)](const EventLine& line) {
    if (runtime::holds(condition, line)) show(line);
  };
}

void read(const EventOptions& options, const runtime::EventReader& reader) {
  if (!options.follow) return runtime::readEvents(reader);
  for (int signal : {SIGINT, SIGTERM, SIGPIPE}) std::signal(signal, onSignal);
  runtime::followEvents(reader, [] { return stopped != 0 || !std::cout; });
}

// Of the kernel's buffers.
void readBuffers(const Call& call, const EventOptions& options) {
  (void)beginHost(call.program);  // for its checks; the lock is not kept
  if (options.output.empty()) return read(options, {options.names, filtered(options, printer(options)), ""});
  std::signal(SIGXFSZ, SIG_IGN);  // a limit on the size of files is an error of write(2) then
  EventDestination output = destinationOf(options, [&](const runtime::Problem& problem) { warn(call.program, {problem}); });
  auto write = [&](const EventLine& line) { output.events->write(line); };
  read(options, {options.names, filtered(options, write), output.file});
  output.events->finish();
}

void readFile(const Call& call, const EventOptions& options) {
  uint64_t left_out =
      runtime::readLog({options.from, options.names.empty() ? "" : options.names[0], options.since}, filtered(options, printer(options)));
  std::cout.flush();
  if (left_out) warn(call.program, {{runtime::Message::LinesLeftOut, {options.from, std::to_string(left_out)}, {}}});
}

}  // namespace

int runEvents(const Call& call) {
  EventOptions options = parseEventOptions(call);
  if (options.help) return 0;
  options.from.empty() ? readBuffers(call, options) : readFile(call, options);
  return 0;
}

}  // namespace lsmpc::cli
