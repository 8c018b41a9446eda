// What is said of a record of events that cannot be read, or in part.
#pragma once

#include <cstdint>
#include <string>

#include "runtime/message.h"

namespace lsmpc::driver {

// Returns its exit code.
int show(const runtime::Failure& failure);
// Nothing where `lines` is 0. `first`: where, FILE:LINE, or "".
void warnOfLeftOut(const std::string& events, uint64_t lines, const std::string& first);

}  // namespace lsmpc::driver
