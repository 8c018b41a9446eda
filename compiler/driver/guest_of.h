// A guest with what every one has: its kernel, that kernel's modules, `lsmpctl` from beside this program.
#pragma once

#include "runtime/guest/boot.h"
#include "runtime/guest/kernels.h"

namespace lsmpc::driver {

guest::Guest guestOf(const guest::Kernel& kernel);

}  // namespace lsmpc::driver
