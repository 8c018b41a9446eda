// `load --dry-run`.
#pragma once

#include <string>
#include <vector>

namespace lsmpc::cli {

// What the kernel says of the objects, printed. Throws Failure.
void showDryRun(const std::vector<std::string>& objects, bool json);

}  // namespace lsmpc::cli
