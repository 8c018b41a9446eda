#include <iostream>

#include "compiler/driver/commands.h"
#include "compiler/driver/compile_all.h"
#include "compiler/driver/options.h"
#include "compiler/driver/sources.h"

namespace lsmpc::driver {

int runCheck(const Command& self, const Arguments& arguments) {
  Options options(self);
  options.addExplain();
  options.addTargets();
  options.addFormat();
  if (!options.parse(arguments)) return options.exitCode();
  auto sources = findSources(options.positional());
  if (!sources) return kEnvironment;
  auto targets = openTargets(options.targets(), sources->folder);
  if (!targets) return kEnvironment;
  Outcome outcome = compileAll(sources->files, *targets, {Stage::Check, options.json(), options.explain(), true});
  if (outcome.exit == kDone) printCosts(outcome);
  if (outcome.exit == kDone && !options.json()) {
    std::cout << sources->files.size() << (sources->files.size() == 1 ? " policy" : " policies") << " checked for "
              << targets->names(targets->all()) << ": no errors";
    if (outcome.warnings) std::cout << ", " << outcome.warnings << (outcome.warnings == 1 ? " warning" : " warnings");
    std::cout << "\n";
  }
  return outcome.exit;
}

}  // namespace lsmpc::driver
