// What a new policy permits or refuses that the old one did not: sources, objects, folders of them.
#include <filesystem>
#include <iostream>

#include "compiler/driver/diff_inputs.h"
#include "compiler/driver/diff_report.h"
#include "compiler/driver/left_out.h"
#include "compiler/driver/options.h"
#include "compiler/driver/sources.h"

namespace lsmpc::driver {
namespace {

int compare(const Options& options) {
  const std::string &old_path = options.positional()[0], &new_path = options.positional()[1];
  std::vector<DiffInput> old_inputs = diffInputs(old_path), new_inputs = diffInputs(new_path), all = new_inputs;
  all.insert(all.end(), old_inputs.begin(), old_inputs.end());
  auto targets = targetsToCompareOn(options.targets(), all, std::filesystem::is_directory(new_path) ? new_path : folderOf(new_path));
  if (!targets) return kEnvironment;
  Report report;
  DiffReport result;
  std::vector<Compared> old_side = comparedAll(old_inputs, *targets, report, result.notes);
  std::vector<Compared> new_side = comparedAll(new_inputs, *targets, report, result.notes);
  for (const auto& [side, path] : {std::pair(&old_side, &old_path), std::pair(&new_side, &new_path)})
    if (report.isClean() && side->empty()) report.fail("there are no policies in `" + *path + "`, only files that policies use");
  if (Exit exit = report.show(Format::Text); exit != kDone) return exit;
  result.policies = diffAll(old_side, new_side);
  for (const std::string& note : result.notes) std::cerr << "lsmpc: note: " << note << "\n";
  std::cout << (options.json() ? diffJson(result) : options.format() == "markdown" ? diffMarkdown(result) : diffText(result));
  return isLooser(result) ? kPolicyAtFault : kDone;
}

}  // namespace

int runDiff(const Command& self, const Arguments& arguments) {
  Options options(self);
  options.addTargets();
  options.addFormat("text|json|markdown");
  if (!options.parse(arguments)) return options.exitCode();
  if (options.positional().size() != 2) return options.usage("two policies: the old one, then the new one");
  try {
    return compare(options);
  } catch (const runtime::Failure& failure) {
    return show(failure);
  }
}

}  // namespace lsmpc::driver
