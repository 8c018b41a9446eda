// Command lines, by Boost.Program_options: `--help` with the synopsis and an example, one message for what is wrong.
#pragma once

#include <boost/program_options.hpp>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "compiler/driver/commands.h"
#include "compiler/driver/compile_all.h"
#include "compiler/driver/pipeline.h"

namespace lsmpc::driver {

class Options {
 public:
  explicit Options(const Command& command);

  boost::program_options::options_description& named() { return named_; }
  // Adds --target, --format and --explain-cost, which most commands take.
  void addTargets();
  void addFormat(const std::string& words = "text|json");  // the first is the default
  void addExplain();
  // `--NAME` or `--NAME=VALUE`: the value, "" where there is none. What follows it is never its value.
  void addWithOptionalValue(const std::string& name, const std::string& value_name, const std::string& text);

  // True to go on; else the exit code is in exitCode() (help was printed, or the arguments make no sense).
  bool parse(const Arguments& arguments);
  int exitCode() const { return exit_code_; }

  const std::vector<std::string>& positional() const { return positional_; }
  std::vector<std::string> targets() const { return listed("target"); }
  std::vector<std::string> listed(const std::string& option) const;  // split at commas; empty: not given
  const std::string& format() const { return values_["format"].as<std::string>(); }
  bool json() const { return format() == "json"; }
  Format diagnosticsFormat() const;
  Explain explain() const;
  const boost::program_options::variables_map& values() const { return values_; }
  // Prints the message and the synopsis; returns kUsage.
  int usage(const std::string& message) const;

 private:
  Arguments withoutBare(const Arguments& arguments);

  const Command& command_;
  boost::program_options::options_description named_;
  boost::program_options::variables_map values_;
  std::vector<std::string> positional_, formats_, optional_values_;
  int exit_code_ = kDone;
};

}  // namespace lsmpc::driver
