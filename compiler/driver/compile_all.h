// Compiling a list of policy files: one report, one exit code.
#pragma once

#include <string>
#include <vector>

#include "compiler/driver/commands.h"
#include "compiler/driver/pipeline.h"

namespace lsmpc::driver {

enum class Format { Text, Json, Sarif };

struct Outcome {
  Exit exit = kDone;
  std::vector<Compiled> compiled;  // one for each file that has no error, in order; of a bundle one for all
  std::vector<std::string> files;  // the source of compiled[i]
  size_t warnings = 0;
};

struct Request {
  Stage stage = Stage::Object;
  Format format = Format::Text;
  Explain explain = Explain::Nothing;
  bool libraries = false;  // files without rules may be among them, and make nothing
  bool last = true;        // nothing is compiled in this process after them (emit::Finish)
};

// Reports all diagnostics: text on standard error, or one document on standard output.
Outcome compileAll(const std::vector<std::string>& files, const btf::TargetSet& targets, const Request& request);
// All as one object of that name, from Stage::Policy on. Nothing of it when one file has an error.
Outcome compileBundle(const std::string& name, const std::vector<std::string>& files, const btf::TargetSet& targets,
                      const Request& request);
// What stops a command before any file is compiled: said, and in a SARIF log of a run that failed. Returns kEnvironment.
int reportFailure(const std::string& why, Format format);
// What was asked for by Request::explain, a text or a JSON document for each policy.
void printCosts(const Outcome& outcome);

}  // namespace lsmpc::driver
