// lsmpc: the policy compiler's command line. Host commands (load, unload, list, …) are those of lsmpctl.
#include <algorithm>
#include <iostream>

#include "compiler/driver/commands.h"
#include "compiler/driver/load_command.h"
#include "runtime/cli/commands.h"

namespace lsmpc::driver {
namespace {

constexpr Command kCommands[] = {
#define LSMPC_COMMAND(name, function, summary, synopsis, example) {name, function, summary, synopsis, example},
#include "compiler/driver/commands.def"
};

void printLine(std::string_view name, std::string_view summary) {
  std::cout << "  " << name << std::string(name.size() < 10 ? 10 - name.size() : 1, ' ') << summary << "\n";
}

void printHelp() {
  std::cout << "lsmpc " LSMPC_VERSION
               ": policies for the kernel's own decision points, compiled to BPF\n\n"
               "usage: lsmpc COMMAND [ARGUMENTS…]; `lsmpc COMMAND --help` shows an example of each\n\non the author's side:\n";
  for (const Command& command : kCommands) printLine(command.name, command.summary);
  std::cout << "\non the host (also in lsmpctl):\n";
  for (const auto& command : cli::commands()) printLine(command.name, command.summary);
  std::cout << "\nexample: echo 'on file_open when path ~ \"/etc/*\" deny EPERM' > demo.lsmp && lsmpc build && lsmpc load\n";
}

int dispatch(int argc, char** argv) {
  std::string_view name = argc > 1 ? argv[1] : "";
  if (name.empty() || name == "--help" || name == "-h" || name == "help") {
    printHelp();
    return name.empty() ? kUsage : kDone;
  }
  if (name == "--version") {
    std::cout << "lsmpc " LSMPC_VERSION "\n";
    return kDone;
  }
  Arguments arguments(argv + 2, argv + argc);
  for (const Command& command : kCommands)
    if (command.name == name) return command.run(command, arguments);
  return runHostCommand(std::string(name), arguments);
}

}  // namespace
}  // namespace lsmpc::driver

int main(int argc, char** argv) {
  try {
    return lsmpc::driver::dispatch(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << "lsmpc: internal fault: " << error.what() << "\n";
    return lsmpc::driver::kOurBug;
  }
}
