// Kernel images that guests boot: kept per user, fetched from the system's own package archive, or added from a file.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace lsmpc::guest {

struct Kernel {
  std::string name;                  // "6.1", or what `add` was told
  std::string image;                 // path of its vmlinuz
  std::string release;               // the package or file it came from
  std::vector<std::string> modules;  // paths of its *.ko; an image added from a file has none
};

// $LSMPC_KERNEL_CACHE, else $XDG_CACHE_HOME/lsmpc/kernels, else ~/.cache/lsmpc/kernels.
std::string kernelCache();
std::vector<Kernel> cachedKernels();
// A name in the cache, or the path of an image.
std::optional<Kernel> resolveKernel(const std::string& name_or_path);

// Each returns "" or what went wrong, in words for the user.
std::string fetchKernel(const std::string& version);
std::string addKernel(const std::string& name, const std::string& image, const std::vector<std::string>& modules = {});
std::vector<std::string> fetchableVersions();

// `kernels list|fetch VERSION…|add NAME IMAGE`; an exit code.
int runKernels(const std::vector<std::string>& arguments);

}  // namespace lsmpc::guest
