// The commands that work on a running kernel; `lsmpctl` has just these, `lsmpc` has them too. Return values are exit codes.
#pragma once

#include <boost/program_options.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lsmpc::cli {

using Arguments = std::vector<std::string>;

struct Command {
  std::string_view name;
  int (*run)(const Command& self, const Arguments& arguments);
  std::string_view summary, synopsis, example;
};

#define LSMPC_HOST_COMMAND(name, function, summary, synopsis, example) int function(const Command& self, const Arguments& arguments);
#include "runtime/cli/commands.def"

std::span<const Command> commands();
// Runs a command; an unknown name or a Failure becomes a message and its exit code. `program`: for messages.
int runCommand(const std::string& program, const std::string& name, const Arguments& arguments);

}  // namespace lsmpc::cli
