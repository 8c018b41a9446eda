#include <toml++/toml.h>
#include <unistd.h>

#include <filesystem>
#include <iostream>
#include <sstream>

#include "compiler/driver/pipeline.h"

namespace lsmpc::driver {
namespace {

namespace fs = std::filesystem;

// `targets = ["5.10", "6.1"]` of lsmp.toml; nothing where there is no such file or key.
std::optional<std::vector<std::string>> configuredTargets(const std::string& folder, std::string& wrong) {
  fs::path file = fs::path(folder.empty() ? "." : folder) / "lsmp.toml";
  std::error_code ignored;
  if (!fs::exists(file, ignored)) return std::nullopt;
  try {
    toml::table table = toml::parse_file(file.string());
    const toml::node* node = table.get("targets");
    if (!node) return std::nullopt;
    const toml::array* array = node->as_array();
    std::vector<std::string> targets;
    for (size_t i = 0; array && i < array->size(); ++i)
      if (auto name = (*array)[i].value<std::string>()) targets.push_back(*name);
    if (!array || targets.size() != array->size() || targets.empty()) {
      wrong = file.string() + ": `targets` is a list of strings, such as [\"5.10\", \"6.1\"]";
      return std::nullopt;
    }
    return targets;
  } catch (const toml::parse_error& error) {
    std::ostringstream text;
    text << file.string() << ":" << error.source().begin.line << ": " << error.description();
    wrong = text.str();
    return std::nullopt;
  }
}

}  // namespace

std::string kernelsDir() {
  std::error_code error;
  fs::path self = fs::read_symlink("/proc/self/exe", error);
  return (self.parent_path().parent_path() / "share/lsmpc/kernels").string();
}

std::unique_ptr<btf::TargetSet> openTargets(std::vector<std::string> specs, const std::string& folder, std::string& wrong) {
  if (specs.empty()) {
    auto configured = configuredTargets(folder, wrong);
    if (!wrong.empty()) return nullptr;
    if (configured) specs = *configured;
  }
  if (specs.empty() && access("/sys/kernel/btf/vmlinux", R_OK) == 0) specs = {"running"};
  if (specs.empty()) specs = btf::TargetSet::shipped(kernelsDir());
  btf::OpenError error;
  auto targets = btf::TargetSet::open(specs, kernelsDir(), error);
  if (!targets) wrong = error.text;
  return targets;
}

std::unique_ptr<btf::TargetSet> openTargets(std::vector<std::string> specs, const std::string& folder) {
  std::string wrong;
  auto targets = openTargets(std::move(specs), folder, wrong);
  if (!targets) std::cerr << "lsmpc: " << wrong << "\n";
  return targets;
}

}  // namespace lsmpc::driver
