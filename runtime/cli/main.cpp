// lsmpctl: the host's side alone, static and small.
#include <iostream>

#include "runtime/cli/commands.h"

int main(int argc, char** argv) {
  std::string name = argc > 1 ? argv[1] : "";
  if (name == "--version") {
    std::cout << "lsmpctl " LSMPC_VERSION "\n";
    return 0;
  }
  if (name.empty() || name == "--help" || name == "-h" || name == "help") {
    std::cout << "usage: lsmpctl COMMAND [ARGUMENTS…]; `lsmpctl COMMAND --help` shows an example of each\n\n";
    for (const auto& command : lsmpc::cli::commands())
      std::cout << "  " << command.name << std::string(10 - command.name.size(), ' ') << command.summary << "\n";
    return name.empty() ? 64 : 0;
  }
  return lsmpc::cli::runCommand("lsmpctl", name, {argv + 2, argv + argc});
}
