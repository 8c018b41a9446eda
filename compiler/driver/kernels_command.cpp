#include <iostream>

#include "compiler/driver/commands.h"
#include "runtime/guest/kernels.h"

namespace lsmpc::driver {

int runKernelsCommand(const Command& self, const Arguments& arguments) {
  if (arguments.empty() || arguments[0] == "--help" || arguments[0] == "-h") {
    (arguments.empty() ? std::cerr : std::cout) << "usage: lsmpc " << self.synopsis << "\n"
                                                << self.summary << "\n\nexample: " << self.example << "\n";
    return arguments.empty() ? kUsage : kDone;
  }
  return guest::runKernels(arguments);
}

}  // namespace lsmpc::driver
