#include "compiler/driver/temporary_folder.h"

#include <stdlib.h>

#include <cerrno>
#include <system_error>

namespace lsmpc::driver {

TemporaryFolder::TemporaryFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "lsmpc-XXXXXX").string();
  if (!mkdtemp(name.data()))
    throw std::filesystem::filesystem_error("temporary folder", name, std::error_code(errno, std::generic_category()));
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace lsmpc::driver
