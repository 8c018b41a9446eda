// Compiling a list of policy files: one report, one exit code.
#pragma once

#include <string>
#include <vector>

#include "compiler/driver/commands.h"
#include "compiler/driver/pipeline.h"

namespace lsmpc::driver {

struct Outcome {
  Exit exit = kDone;
  std::vector<Compiled> compiled;  // one for each file that has no error, in order
  std::vector<std::string> files;  // the source of compiled[i]
};

// Reports all diagnostics: text on standard error, or one JSON document on standard output.
// `libraries`: files without rules may be among them, and make nothing.
Outcome compileAll(const std::vector<std::string>& files, const btf::TargetSet& targets, Stage stage, bool json, bool libraries = false);

}  // namespace lsmpc::driver
