#include "runtime/cli/commands.h"

#include <algorithm>
#include <cerrno>
#include <iostream>
#include <new>

#include "runtime/cli/problems.h"
#include "runtime/message.h"
#include "runtime/rehearsal.h"

namespace lsmpc::cli {
namespace {

constexpr Command kCommands[] = {
#define LSMPC_HOST_COMMAND(name, function, summary, synopsis, example) {name, function, summary, synopsis, example},
#include "runtime/cli/commands.def"
};

// Before the command line is parsed, so that mistakes in it are told in the same way.
bool wantsJson(const Arguments& arguments) {
  auto format = std::find(arguments.begin(), arguments.end(), "--format");
  bool separate = format != arguments.end() && std::next(format) != arguments.end() && *std::next(format) == "json";
  return separate || std::count(arguments.begin(), arguments.end(), "--format=json") != 0;
}

}  // namespace

std::span<const Command> commands() { return kCommands; }

int guarded(const std::string& program, bool json, const std::function<int()>& work) {
  try {
    int code = work();
    errno = 0;
    if (!std::cout.flush())
      throw runtime::Failure(runtime::Message::OutputFailed, {program, errno ? runtime::errorText(errno) : "it was cut off"});
    return code;
  } catch (const runtime::Failure& failure) {
    return tell(program, json, failure);
  } catch (const std::bad_alloc&) {
    return tell(program, json, runtime::Failure(runtime::Message::NoMemory, {program}));
  } catch (const std::exception& error) {
    return tell(program, json, runtime::Failure(runtime::Message::OurFault, {error.what()}));
  }
}

int runCommand(const std::string& program, const std::string& name, const Arguments& arguments, const Loosened& loosened) {
  if (name == runtime::kRehearsalCommand && arguments.size() == 2) return runtime::runRehearsal(arguments[0], arguments[1]);
  return guarded(program, wantsJson(arguments), [&] {
    for (const Command& command : kCommands)
      if (command.name == name) return command.run({command, program, arguments, loosened});
    throw runtime::Failure(runtime::Message::Usage, {"there is no command `" + name + "`", program});
  });
}

}  // namespace lsmpc::cli
