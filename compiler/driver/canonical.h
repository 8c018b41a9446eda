// The canonical form of a policy's text (docs/formatting.md).
#pragma once

#include <string>

#include "compiler/driver/commands.h"

namespace lsmpc::driver {

struct Formatted {
  Exit exit = kDone;
  std::string text;  // where exit is kDone
};

// Says what is wrong with a text that has none; `path` is its name in messages.
Formatted canonical(const std::string& path, std::string text);

}  // namespace lsmpc::driver
