#include "runtime/guest/kernels.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "runtime/guest/process.h"

namespace lsmpc::guest {
namespace fs = std::filesystem;
namespace {

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

int usage() {
  std::cerr << "usage: lsmpc kernels list | fetch VERSION… | add NAME IMAGE\n";
  return 64;
}

int listKernels() {
  for (const Kernel& kernel : cachedKernels()) std::cout << kernel.name << "  " << kernel.release << "  " << kernel.image << "\n";
  std::cout << "can be fetched:";
  for (const std::string& version : fetchableVersions()) std::cout << " " << version;
  std::cout << "\n";
  return 0;
}

int report(const std::string& problem) {
  if (problem.empty()) return 0;
  std::cerr << "lsmpc: " << problem << "\n";
  return 2;
}

std::vector<std::string> modulesIn(const fs::path& folder) {
  std::vector<std::string> modules;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error))
    if (entry.path().extension() == ".ko") modules.push_back(entry.path().string());
  std::sort(modules.begin(), modules.end());
  return modules;
}

void copyModules(const std::vector<std::string>& modules, const fs::path& folder, std::error_code& error) {
  if (!error) fs::create_directories(folder, error);
  for (const std::string& module : modules)
    if (!error) fs::copy_file(module, folder / fs::path(module).filename(), error);
}

}  // namespace

std::string kernelCache() {
  if (std::string own = variable("LSMPC_KERNEL_CACHE"); !own.empty()) return own;
  std::string base = variable("XDG_CACHE_HOME");
  if (base.empty()) base = variable("HOME") + "/.cache";
  return base + "/lsmpc/kernels";
}

std::vector<Kernel> cachedKernels() {
  std::vector<Kernel> kernels;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(kernelCache(), error)) {
    fs::path image = entry.path() / "vmlinuz";
    if (!fs::exists(image, error)) continue;
    std::string release = readWhole((entry.path() / "release").string()).value_or("");
    release.erase(std::remove(release.begin(), release.end(), '\n'), release.end());
    kernels.push_back({entry.path().filename().string(), image.string(), release, modulesIn(entry.path() / "modules")});
  }
  std::sort(kernels.begin(), kernels.end(), [](const Kernel& a, const Kernel& b) { return a.name < b.name; });
  return kernels;
}

std::optional<Kernel> resolveKernel(const std::string& name_or_path) {
  for (const Kernel& kernel : cachedKernels())
    if (kernel.name == name_or_path) return kernel;
  std::error_code error;
  if (name_or_path.find('/') != std::string::npos && fs::is_regular_file(name_or_path, error))
    return Kernel{name_or_path, name_or_path, name_or_path, {}};
  return std::nullopt;
}

std::string addKernel(const std::string& name, const std::string& image, const std::vector<std::string>& modules) {
  if (name.empty() || name.find('/') != std::string::npos || name[0] == '.') return "`" + name + "` is no name for a kernel";
  std::error_code error;
  if (!fs::is_regular_file(image, error)) return "`" + image + "` is no file";
  // Made beside and moved: another process sees the whole kernel or none.
  fs::path folder = fs::path(kernelCache()) / name, fresh = folder;
  fresh += ".new";
  fs::remove_all(fresh, error);
  fs::create_directories(fresh, error);
  if (!error) fs::copy_file(image, fresh / "vmlinuz", error);
  if (!error)
    fs::permissions(fresh / "vmlinuz", fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_read | fs::perms::others_read,
                    error);
  copyModules(modules, fresh / "modules", error);
  if (!error && !writeWhole((fresh / "release").string(), fs::path(image).filename().string() + "\n"))
    error = std::make_error_code(std::errc::io_error);
  if (!error) fs::remove_all(folder, error);
  if (!error) fs::rename(fresh, folder, error);
  return error ? "cannot keep the kernel in `" + folder.string() + "`: " + error.message() : "";
}

int runKernels(const std::vector<std::string>& arguments) {
  if (arguments.empty()) return usage();
  if (arguments[0] == "list" && arguments.size() == 1) return listKernels();
  if (arguments[0] == "add" && arguments.size() == 3) return report(addKernel(arguments[1], arguments[2]));
  if (arguments[0] != "fetch" || arguments.size() < 2) return usage();
  int worst = 0;
  for (size_t i = 1; i < arguments.size(); ++i) worst = std::max(worst, report(fetchKernel(arguments[i])));
  return worst;
}

}  // namespace lsmpc::guest
