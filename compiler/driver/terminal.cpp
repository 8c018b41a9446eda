#include "compiler/driver/terminal.h"

#include <unistd.h>

#include <cstdlib>
#include <iostream>

namespace lsmpc::driver {

void showProgress(const std::string& line) {
  if (isatty(STDERR_FILENO)) std::cerr << "\r\033[K" << line << std::flush;
}

bool wantsColour() { return isatty(STDERR_FILENO) && !std::getenv("NO_COLOR"); }

}  // namespace lsmpc::driver
