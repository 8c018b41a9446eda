// Which policy files a command means, and reading them.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace lsmpc::driver {

struct SourceList {
  std::vector<std::string> files;
  std::string folder;  // where lsmp.toml is looked for
  bool whole_folder = false;
};

// Where lsmp.toml is looked for beside one file.
std::string folderOf(const std::filesystem::path& file);

// FILEs as they are, for a DIR its *.lsmp, for nothing those of the working folder; sorted. Nothing, and `wrong` says why, when there is none.
std::optional<SourceList> findSources(const std::vector<std::string>& named, std::string& wrong);
// The same. Prints the reason.
std::optional<SourceList> findSources(const std::vector<std::string>& named);

// The first `limit` bytes of a file; nothing, and `wrong` says why, when it cannot be read.
std::optional<std::string> readText(const std::string& path, size_t limit, std::string& wrong);
// The same. Prints the reason and returns nothing when it cannot be read.
std::optional<std::string> readFile(const std::string& path, size_t limit);

// A reader sees the old file or the new one, never half of it. Prints what goes wrong.
bool writeWhole(const std::filesystem::path& path, const std::string& bytes);
// The same, or `-`: to standard output.
bool writeOutput(const std::string& output, const std::string& bytes);

}  // namespace lsmpc::driver
