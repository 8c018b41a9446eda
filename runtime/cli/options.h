// Options of a command: parsed by Boost, `--help` answered, mistakes thrown as Failure Usage.
#pragma once

#include <boost/program_options.hpp>

#include "runtime/cli/commands.h"

namespace lsmpc::cli {

struct Parsed {
  boost::program_options::variables_map values;
  std::vector<std::string> names;  // positional
  bool help = false;
  std::string format;  // one of those that the synopsis names
  bool json = false;   // it is `json`
};

// `--help` and, where the synopsis has it, `--format` are added; the first that it names is the default. At most `max_names` positional words.
Parsed parse(const Call& call, boost::program_options::options_description options, size_t max_names);
// The mistake, with the command's `--help` as the way out.
[[noreturn]] void misused(const Call& call, const std::string& what);

}  // namespace lsmpc::cli
