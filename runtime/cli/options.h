// Options of a command: parsed by Boost, `--help` answered, mistakes thrown as Failure Usage.
#pragma once

#include "runtime/cli/commands.h"

namespace lsmpc::cli {

struct Parsed {
  boost::program_options::variables_map values;
  std::vector<std::string> names;  // positional
  bool help = false;
  bool json = false;
};

// `--help` and, where the synopsis has it, `--format` are added.
Parsed parse(const Command& command, const Arguments& arguments, boost::program_options::options_description options);

}  // namespace lsmpc::cli
