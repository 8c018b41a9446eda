// Running another program without a shell.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace lsmpc::guest {

struct ProcessResult {
  int status = -1;  // exit code, 128 + signal, or -1 where it could not be started
  bool timed_out = false;
  std::string output;  // standard output and error together
};

// `program` is looked up in PATH. Standard input is empty. Killed after `seconds`.
ProcessResult runProcess(const std::vector<std::string>& arguments, int seconds, const std::string& folder = "");
bool inPath(const std::string& program);

std::optional<std::string> readWhole(const std::string& path);
bool writeWhole(const std::string& path, const std::string& bytes);

}  // namespace lsmpc::guest
