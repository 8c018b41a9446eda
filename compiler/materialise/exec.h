// How a process comes to its program, and to be: what the kernel calls then.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/simulate/loaded.h"

namespace lsmpc::materialise {

struct Exec {
  simulate::Object request;  // struct linux_binprm, whose file is the program
  std::string script;        // the file that was asked for, where that is no program; else ""
};

// One call of a hook.
struct ExecCall {
  const char* hook;
  bool asked;  // about the file that was asked for, where that is not the program itself
};
// Those of one exec, in their order (fs/exec.c).
std::vector<ExecCall> execCalls(bool script);

// A request for the file `asked`, which `program` runs.
simulate::Object requestOf(simulate::Loaded& host, const std::string& program, const std::string& asked);

// The first outcome that refuses, or the last; nothing where no program is called. What is permitted is what the task runs from then on.
std::optional<simulate::Outcome> execute(simulate::Loaded& host, const simulate::Task& task, const Exec& exec, simulate::Acting& acting,
                                         simulate::Which which);
// An exec that asked for a script, as far as to the program that it names; what went wrong, or "".
std::string beginScript(simulate::Loaded& host, const Exec& exec, simulate::Acting& acting);
// Of a plain program; what went wrong, or "".
std::string execute(simulate::Loaded& host, const simulate::Task& task, const std::string& program, const std::string& script);

// A process that `parent` makes, with the facts that it inherits.
simulate::Task fork(simulate::Loaded& host, const simulate::Task& parent, uint32_t pid);

}  // namespace lsmpc::materialise
