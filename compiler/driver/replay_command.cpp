#include <iostream>

#include "compiler/driver/left_out.h"
#include "compiler/driver/options.h"
#include "compiler/driver/replay_report.h"
#include "compiler/driver/sources.h"

namespace lsmpc::driver {
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
    return show(failure);
  }
  Exit exit = report.show(Format::Text);
  warnOfLeftOut(events, outcome.left_out, outcome.first_left_out);
  if (exit != kDone) return exit;
  std::cout << (options.json() ? replayJson(outcome) : replayText(outcome));
  return outcome.denied_newly ? kPolicyAtFault : kDone;
}

}  // namespace lsmpc::driver
