// Loaders take turns; an events buffer has one reader. Both are flocks on folders of the bpffs, so they end with the process.
#pragma once

#include <optional>
#include <string>

#include "runtime/descriptor.h"

namespace lsmpc::runtime {

// Makes the pin root if need be and waits for the lock on it. Throws Failure LockFailed.
Descriptor lockPins();

// Nothing where another process has the lock on `folder`. Throws Failure LockFailed where it cannot be opened.
std::optional<Descriptor> tryLock(const std::string& folder);

}  // namespace lsmpc::runtime
