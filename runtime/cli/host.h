// What the commands that look at pins begin with.
#pragma once

#include <string>
#include <vector>

#include "runtime/descriptor.h"

namespace lsmpc::cli {

// Checks that pins can be read here, takes the lock, cleans up after interrupted commands. Throws Failure.
runtime::Descriptor beginHost(const std::string& program);
void noteCleaned(const std::string& program, const std::vector<std::string>& policies);

}  // namespace lsmpc::cli
