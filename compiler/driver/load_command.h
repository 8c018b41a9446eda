// Host commands through `lsmpc`: as lsmpctl's, but `load` takes .lsmp files too and compiles them for the running kernel, and says what a policy permits
// that the one before refused.
#pragma once

#include <string>

#include "compiler/driver/commands.h"

namespace lsmpc::driver {

int runHostCommand(const std::string& name, Arguments arguments);

}  // namespace lsmpc::driver
