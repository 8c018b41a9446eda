// The commands that work on a running kernel; `lsmpctl` has just these, `lsmpc` has them too. Return values are exit codes.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lsmpc::runtime {
struct LoadedNow;
}

namespace lsmpc::cli {

using Arguments = std::vector<std::string>;

struct Command;

// Of a policy that replaced another: what it permits that was refused. Lines of text, or a value in JSON. Never throws.
using Loosened = std::function<std::string(const runtime::LoadedNow& now, bool json)>;

// One call of a command; `program` is the name that messages and examples begin with.
struct Call {
  const Command& command;
  std::string program;
  Arguments arguments;
  Loosened loosened;  // none: nothing here compiles
};

struct Command {
  std::string_view name;
  int (*run)(const Call& call);
  std::string_view summary, synopsis, example;
};

#define LSMPC_HOST_COMMAND(name, function, summary, synopsis, example) int function(const Call& call);
#include "runtime/cli/commands.def"

std::span<const Command> commands();
// Runs a command; an unknown name or a Failure becomes a message and its exit code.
int runCommand(const std::string& program, const std::string& name, const Arguments& arguments, const Loosened& loosened = {});
// What `work` throws, told on standard error; with `json` as one line of JSON.
int guarded(const std::string& program, bool json, const std::function<int()>& work);

}  // namespace lsmpc::cli
