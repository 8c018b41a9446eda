#include <iostream>

#include "compiler/driver/options.h"
#include "compiler/driver/replay_report.h"
#include "compiler/driver/sources.h"
#include "runtime/message.h"

namespace lsmpc::driver {
namespace {

int fail(const runtime::Failure& failure) {
  for (const runtime::Problem& problem : failure.problems())
    std::cerr << "lsmpc: error " << runtime::codeOf(problem.message) << ": " << runtime::textOf(problem) << "\n";
  return failure.exitCode();
}

void warnOfLeftOut(const ReplayOutcome& outcome, const std::string& events) {
  if (!outcome.left_out) return;
  std::cerr << "lsmpc: " << outcome.left_out << (outcome.left_out == 1 ? " line of `" : " lines of `") << events
            << (outcome.left_out == 1 ? "` is no event and is left out" : "` are no events and are left out");
  if (!outcome.first_left_out.empty()) std::cerr << ", the first is " << outcome.first_left_out;
  std::cerr << "; events are lines as `lsmpctl events --format json` writes them\n";
}

}  // namespace

int runReplay(const Command& self, const Arguments& arguments) {
  Options options(self);
  options.addTargets();
  options.addFormat();
  if (!options.parse(arguments)) return options.exitCode();
  const std::vector<std::string>& named = options.positional();
  if (named.size() < 2) return options.usage("it takes a file of events and policies");
  const std::string& events = named.front();
  auto sources = findSources({named.begin() + 1, named.end()});
  if (!sources) return kEnvironment;
  auto targets = openTargets(options.targets(), sources->folder);
  if (!targets) return kEnvironment;
  Report report;
  ReplayOutcome outcome;
  try {
    outcome = replayAll(events, sources->files, *targets, report);
  } catch (const runtime::Failure& failure) {
    return fail(failure);
  }
  Exit exit = report.show(Format::Text);
  warnOfLeftOut(outcome, events);
  if (exit != kDone) return exit;
  std::cout << (options.json() ? replayJson(outcome) : replayText(outcome));
  return outcome.denied_newly ? kPolicyAtFault : kDone;
}

}  // namespace lsmpc::driver
