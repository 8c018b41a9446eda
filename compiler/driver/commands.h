// The commands of `lsmpc`: one file each. Arguments come without the command's own name. Return values are exit codes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lsmpc::driver {

enum Exit : int { kDone = 0, kPolicyAtFault = 1, kEnvironment = 2, kUsage = 64, kOurBug = 70 };

using Arguments = std::vector<std::string>;

struct Command {
  std::string_view name;
  int (*run)(const Command& self, const Arguments& arguments);
  std::string_view summary;
  std::string_view synopsis;
  std::string_view example;
};

#define LSMPC_COMMAND(name, function, summary, synopsis, example) int function(const Command& self, const Arguments& arguments);
#include "compiler/driver/commands.def"

}  // namespace lsmpc::driver
