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
  options.addFormat("text|json|sarif");
  if (!options.parse(arguments)) return options.exitCode();
  Format format = options.diagnosticsFormat();
  if (format == Format::Sarif && options.explain() != Explain::Nothing) return options.usage("--explain-cost is text or JSON");
  std::string wrong;
  auto sources = findSources(options.positional(), wrong);
  if (!sources) return reportFailure(wrong, format);
  auto targets = openTargets(options.targets(), sources->folder, wrong);
  if (!targets) return reportFailure(wrong, format);
  Outcome outcome = compileAll(sources->files, *targets, {Stage::Check, format, options.explain(), true});
  if (outcome.exit == kDone) printCosts(outcome);
  if (outcome.exit == kDone && format == Format::Text) {
    std::cout << sources->files.size() << (sources->files.size() == 1 ? " policy" : " policies") << " checked for "
              << targets->names(targets->all()) << ": no errors";
    if (outcome.warnings) std::cout << ", " << outcome.warnings << (outcome.warnings == 1 ? " warning" : " warnings");
    std::cout << "\n";
  }
  return outcome.exit;
}

}  // namespace lsmpc::driver
