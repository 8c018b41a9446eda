#include "compiler/driver/guest_of.h"

#include <filesystem>

namespace lsmpc::driver {

namespace fs = std::filesystem;

guest::Guest guestOf(const guest::Kernel& kernel) {
  guest::Guest guest;
  guest.kernel = kernel.image;
  for (const std::string& module : kernel.modules) guest.files.push_back({module, "/lib/modules/" + fs::path(module).filename().string()});
  std::error_code error;
  guest.files.push_back({(fs::read_symlink("/proc/self/exe", error).parent_path() / "lsmpctl").string(), "/bin/lsmpctl"});
  return guest;
}

}  // namespace lsmpc::driver
