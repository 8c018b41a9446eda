#include "compiler/driver/terminal.h"

#include <unistd.h>

#include <cstdlib>

namespace lsmpc::driver {

bool wantsColour() { return isatty(STDERR_FILENO) && !std::getenv("NO_COLOR"); }

}  // namespace lsmpc::driver
