// Fetching a kernel by apt from the archive that this machine uses already, with apt's state in a folder of our own: nothing is
// installed, no root is needed, no host is named here.
#include <stdlib.h>

#include <filesystem>
#include <iostream>
#include <sstream>
#include <string_view>

#include "runtime/guest/kernels.h"
#include "runtime/guest/process.h"

namespace lsmpc::guest {
namespace fs = std::filesystem;
namespace {

constexpr const char* kKeyring = "/usr/share/keyrings/debian-archive-keyring.gpg";
constexpr int kSeconds = 600;

struct Suite {
  const char* version;
  const char* name;
  const char* pattern;
};

constexpr const char* kModules[] = {
#define LSMPC_MODULE(name) name,
#include "runtime/guest/modules.def"
};

constexpr Suite kSuites[] = {
#define LSMPC_SUITE(version, suite, pattern) {version, suite, pattern},
#include "runtime/guest/suites.def"
};

class Work {
 public:
  Work() {
    std::string name = (fs::temp_directory_path() / "lsmpc-kernels-XXXXXX").string();
    if (mkdtemp(name.data())) folder = name;
  }
  ~Work() {
    std::error_code ignored;
    if (!folder.empty()) fs::remove_all(folder, ignored);
  }
  Work(const Work&) = delete;
  Work& operator=(const Work&) = delete;
  fs::path folder;
};

std::vector<std::string> words(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> result;
  for (std::string word; in >> word;) result.push_back(word);
  return result;
}

// The archive's address as apt knows it: the site of this system's own release.
std::string archiveSite() {
  ProcessResult result = runProcess({"apt-get", "indextargets", "--format", "$(SITE) $(CODENAME) $(RELEASE)"}, 60);
  std::istringstream lines(result.output);
  for (std::string line; std::getline(lines, line);) {
    auto parts = words(line);
    if (parts.size() >= 2 && parts.back().find('-') == std::string::npos) return parts[0];
  }
  return "";
}

std::vector<std::string> apt(const fs::path& folder, std::vector<std::string> command) {
  std::string base = folder.string();
  for (const std::string& option :
       {"Dir::Etc::SourceList=" + base + "/list", std::string("Dir::Etc::SourceParts=/dev/null"), "Dir::State::Lists=" + base + "/lists",
        "Dir::Cache=" + base + "/cache", std::string("APT::Sandbox::User=root"), std::string("Acquire::Languages=none")}) {
    command.insert(command.begin() + 1, option);
    command.insert(command.begin() + 1, "-o");
  }
  return command;
}

// linux-image-6.1.0-50-cloud-amd64 → 6.1.0-50-cloud-amd64, which dpkg can compare.
std::string versionOf(const std::string& package) { return package.substr(package.find('-', std::string("linux-").size()) + 1); }

// The newest package whose name matches.
std::string newestPackage(const fs::path& folder, const char* pattern) {
  ProcessResult found = runProcess(apt(folder, {"apt-cache", "search", "--names-only", pattern}), 120);
  std::istringstream lines(found.output);
  std::string newest;
  for (std::string line; std::getline(lines, line);) {
    std::string name = line.substr(0, line.find(' '));
    if (name.rfind("linux-", 0) != 0) continue;
    if (newest.empty() || runProcess({"dpkg", "--compare-versions", versionOf(name), "gt", versionOf(newest)}, 20).status == 0)
      newest = name;
  }
  return newest;
}

fs::path firstWith(const fs::path& folder, const std::string& prefix, const std::string& suffix = "") {
  std::error_code error;
  for (const auto& entry : fs::recursive_directory_iterator(folder, error)) {
    std::string name = entry.path().filename().string();
    if (name.rfind(prefix, 0) == 0 && name.size() >= suffix.size() && name.ends_with(suffix) && entry.is_regular_file(error))
      return entry.path();
  }
  return {};
}

std::string failed(const std::string& what, const ProcessResult& result) {
  std::string tail = result.output.size() > 400 ? result.output.substr(result.output.size() - 400) : result.output;
  return what + (result.status < 0 ? " is not on this system" : result.timed_out ? " took too long" : " failed:\n" + tail);
}

// Downloads and unpacks into the folder's `files`; "" or what went wrong.
std::string unpackPackage(const fs::path& folder, const std::string& package) {
  std::cout << "fetching " << package << std::endl;
  ProcessResult downloaded = runProcess(apt(folder, {"apt-get", "download", package}), kSeconds, folder.string());
  if (downloaded.status != 0) return failed("apt-get download", downloaded);
  ProcessResult unpacked =
      runProcess({"dpkg-deb", "-x", firstWith(folder, package + "_", ".deb").string(), (folder / "files").string()}, kSeconds);
  return unpacked.status != 0 ? failed("dpkg-deb", unpacked) : "";
}

// Newer packages keep the image in linux-binary-X and what belongs to it in linux-modules-X.
std::string unpackModules(const fs::path& folder, const std::string& package) {
  constexpr std::string_view kBinary = "linux-binary-";
  if (package.rfind(kBinary, 0) != 0) return "";
  return unpackPackage(folder, "linux-modules-" + package.substr(kBinary.size()));
}

// The modules of modules.def among the unpacked files, decompressed: the guest's insmod reads no xz.
std::string findModules(const fs::path& files, std::vector<std::string>& modules) {
  for (const char* name : kModules) {
    fs::path module = firstWith(files, std::string(name) + ".ko");
    if (module.empty()) return std::string("the kernel's package holds no module `") + name + "`";
    if (module.extension() == ".xz") {
      ProcessResult expanded = runProcess({"xz", "-d", module.string()}, kSeconds);
      if (expanded.status != 0) return failed("xz", expanded);
      module.replace_extension();
    }
    if (module.extension() != ".ko")
      return "`" + module.filename().string() + "` is compressed in a way that is not known here; expected .ko or .ko.xz";
    modules.push_back(module.string());
  }
  return "";
}

std::string fetchFrom(const Suite& suite, const fs::path& folder) {
  std::string site = archiveSite();
  if (site.empty())
    return "apt knows no package archive on this system; give an image with `lsmpc kernels add " + std::string(suite.version) + " IMAGE`";
  std::error_code error;
  for (const char* part : {"lists/partial", "cache/archives/partial", "files"}) fs::create_directories(folder / part, error);
  std::string signature = fs::exists(kKeyring, error) ? std::string("[signed-by=") + kKeyring + "] " : "";
  if (!writeWhole((folder / "list").string(), "deb " + signature + site + " " + suite.name + " main\n"))
    return "cannot write a temporary file";
  ProcessResult updated = runProcess(apt(folder, {"apt-get", "update"}), kSeconds);
  if (updated.status != 0) return failed("apt-get update", updated);
  std::string package = newestPackage(folder, suite.pattern);
  if (package.empty()) return std::string("the archive's suite ") + suite.name + " has no kernel " + suite.version;
  if (std::string problem = unpackPackage(folder, package); !problem.empty()) return problem;
  if (std::string problem = unpackModules(folder, package); !problem.empty()) return problem;
  fs::path image = firstWith(folder / "files", "vmlinuz");
  if (image.empty()) return package + " holds no kernel image";
  std::vector<std::string> modules;
  if (std::string problem = findModules(folder / "files", modules); !problem.empty()) return problem;
  fs::path named = folder / package;
  fs::rename(image, named, error);
  return addKernel(suite.version, named.string(), modules);
}

}  // namespace

std::vector<std::string> fetchableVersions() {
  std::vector<std::string> versions;
  for (const Suite& suite : kSuites) versions.push_back(suite.version);
  return versions;
}

std::string fetchKernel(const std::string& version) {
  for (const Suite& suite : kSuites) {
    if (version != suite.version) continue;
    Work work;
    return work.folder.empty() ? "cannot make a temporary folder" : fetchFrom(suite, work.folder);
  }
  std::string known;
  for (const Suite& suite : kSuites) known += std::string(known.empty() ? "" : ", ") + suite.version;
  return "no kernel `" + version + "` to fetch; there are " + known;
}

}  // namespace lsmpc::guest
