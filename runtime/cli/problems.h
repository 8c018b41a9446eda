// Problems on standard error: in words, or as one line of JSON (schema lsmp-problems).
#pragma once

#include <string>
#include <vector>

#include "runtime/message.h"

namespace lsmpc::cli {

// The failure's exit code.
int tell(const std::string& program, bool json, const runtime::Failure& failure);

}  // namespace lsmpc::cli
