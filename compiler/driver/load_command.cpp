#include "compiler/driver/load_command.h"

#include <algorithm>
#include <filesystem>
#include <iostream>

#include "compiler/driver/compile_all.h"
#include "compiler/driver/loosened.h"
#include "compiler/driver/sources.h"
#include "compiler/driver/temporary_folder.h"
#include "runtime/cli/commands.h"

namespace lsmpc::driver {
namespace {

namespace fs = std::filesystem;

bool isSource(const std::string& argument) { return fs::path(argument).extension() == ".lsmp"; }

// Sources among the arguments become objects for the running kernel.
int compileSources(Arguments& arguments, const fs::path& folder) {
  std::vector<std::string> files;
  for (const std::string& argument : arguments)
    if (isSource(argument)) files.push_back(argument);
  auto targets = openTargets({"running"}, "");
  if (!targets) return kEnvironment;
  Outcome outcome = compileAll(files, *targets, {.last = false});
  if (outcome.exit != kDone) return outcome.exit;
  size_t next = 0;
  for (std::string& argument : arguments) {
    if (!isSource(argument)) continue;
    const Compiled& compiled = outcome.compiled[next++];
    fs::path object = folder / (std::to_string(next) + "-" + compiled.policy_name + ".bpf.o");
    if (!writeWhole(object, compiled.output)) return kEnvironment;
    argument = object.string();
  }
  return kDone;
}

}  // namespace

int runHostCommand(const std::string& name, Arguments arguments) {
  if (name != "load") return cli::runCommand("lsmpc", name, arguments);
  if (std::none_of(arguments.begin(), arguments.end(), isSource)) return cli::runCommand("lsmpc", name, arguments, loosened);
  TemporaryFolder folder;
  if (int exit = compileSources(arguments, folder.path()); exit != kDone) return exit;
  return cli::runCommand("lsmpc", name, arguments, loosened);
}

}  // namespace lsmpc::driver
