#include "runtime/cli/commands.h"

#include <iostream>

#include "runtime/message.h"

namespace lsmpc::cli {
namespace {

constexpr Command kCommands[] = {
#define LSMPC_HOST_COMMAND(name, function, summary, synopsis, example) {name, function, summary, synopsis, example},
#include "runtime/cli/commands.def"
};

int report(const std::string& program, const runtime::Failure& failure) {
  for (const runtime::Problem& problem : failure.problems()) {
    std::cerr << program << ": error[" << runtime::codeOf(problem.message) << "]: " << runtime::textOf(problem) << "\n";
    if (!problem.detail.empty()) std::cerr << problem.detail << (problem.detail.back() == '\n' ? "" : "\n");
    if (std::string hint = runtime::hintOf(problem); !hint.empty()) std::cerr << "  help: " << hint << "\n";
  }
  return failure.exitCode();
}

}  // namespace

std::span<const Command> commands() { return kCommands; }

int runCommand(const std::string& program, const std::string& name, const Arguments& arguments) {
  try {
    for (const Command& command : kCommands)
      if (command.name == name) return command.run(command, arguments);
    throw runtime::Failure(runtime::Message::Usage, {"there is no command `" + name + "`", program});
  } catch (const runtime::Failure& failure) {
    return report(program, failure);
  } catch (const std::exception& error) {
    return report(program, runtime::Failure(runtime::Message::OurFault, {error.what()}));
  }
}

}  // namespace lsmpc::cli
