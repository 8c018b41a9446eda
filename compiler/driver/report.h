// What is found in a list of files, until it is shown: one report, one exit code.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "compiler/diag/diagnostic.h"
#include "compiler/diag/render.h"
#include "compiler/driver/commands.h"
#include "compiler/driver/compile_all.h"

namespace lsmpc::driver {

class Report {
 public:
  base::SourceSet sources;

  // Nothing, and said why, where the file cannot be read.
  std::optional<base::FileId> read(const std::string& path);
  // What has no place in a policy.
  void fail(const std::string& why, Exit exit = kEnvironment);
  // `done`: something came of it.
  void take(const diag::Emitter& emitter, bool done);

  size_t warnings() const;
  Exit failure() const { return exit_; }  // what `fail` was told; kDone: it was not called
  bool isClean() const { return exit_ == kDone && !errors_ && !faults_; }

  // Text on standard error, or one document on standard output.
  Exit show(Format format);

 private:
  diag::Run run() const;

  std::vector<std::string> files_, failures_;
  std::vector<diag::Diagnostic> diagnostics_;
  std::set<std::tuple<std::string, uint32_t, diag::Kind, std::string>>
      said_;  // a file that several policies use says what is wrong with it once
  Exit exit_ = kDone;
  bool errors_ = false, faults_ = false;
};

}  // namespace lsmpc::driver
