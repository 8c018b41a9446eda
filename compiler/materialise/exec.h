// How a process comes to its program: what the kernel would call, so that the policy's own programs keep facts of it.
#pragma once

#include <string>

#include "compiler/simulate/loaded.h"

namespace lsmpc::materialise {

// `script`: the file that was asked for, where that is no program; else "". What the programs end in is of no account but for a fault of ours, which is returned.
std::string execute(simulate::Loaded& host, const simulate::Task& task, const std::string& program, const std::string& script);

// A process that `parent` makes.
simulate::Task fork(simulate::Loaded& host, const simulate::Task& parent, uint32_t pid);

}  // namespace lsmpc::materialise
