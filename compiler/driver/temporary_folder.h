// A folder of our own under the system's temporary one, gone when this goes.
#pragma once

#include <filesystem>
#include <string>

namespace lsmpc::driver {

class TemporaryFolder {
 public:
  TemporaryFolder();  // throws std::filesystem::filesystem_error
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace lsmpc::driver
