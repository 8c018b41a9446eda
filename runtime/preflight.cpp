#include "runtime/preflight.h"

#include <bpf/btf.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

#include "runtime/abi/layout.h"
#include "runtime/descriptor.h"
#include "runtime/kernel_enumerators.h"

namespace lsmpc::runtime {
namespace {

constexpr const char* kLsmList = "/sys/kernel/security/lsm";
constexpr const char* kBtf = "/sys/kernel/btf/vmlinux";
constexpr const char* kBpffs = "/sys/fs/bpf";
constexpr const char* kFirstProcessBpffs = "/proc/1/root/sys/fs/bpf";
constexpr long kBpfMagic = 0xcafe4a11;
// CAP_BPF and CAP_PERFMON exist from 5.8 on; CAP_SYS_ADMIN includes both.
constexpr int kCapPerfmon = 38, kCapBpf = 39;

std::string contents(const char* path, int& error) {
  std::ifstream in(path);
  error = in ? 0 : (errno ? errno : EIO);
  std::ostringstream out;
  errno = 0;
  if (!error && !(out << in.rdbuf())) error = errno;  // 0: it is empty
  std::string text = out.str();
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

uint64_t effectiveCapabilities() {
  std::ifstream in("/proc/self/status");
  for (std::string line; std::getline(in, line);)
    if (line.rfind("CapEff:", 0) == 0) return std::stoull(line.substr(7), nullptr, 16);
  return 0;
}

bool hasCapability(uint64_t set, int capability) { return set >> capability & 1; }

// The kernel's own namespaces have fixed numbers (include/linux/proc_ns.h).
constexpr ino_t kFirstUserNamespace = 0xeffffffd, kFirstPidNamespace = 0xeffffffc;

// By what the link says: an AppArmor profile that leaves all files to a program still refuses to follow it.
bool inNamespace(const char* link, ino_t number) {
  char text[64];
  ssize_t length = readlink(link, text, sizeof text);
  std::string wanted = ":[" + std::to_string(number) + "]";
  std::string found(text, length < 0 ? 0 : length);
  return found.size() > wanted.size() && found.compare(found.size() - wanted.size(), wanted.size(), wanted) == 0;
}

void checkLsmList(std::vector<Problem>& problems) {
  int error = 0;
  std::string list = contents(kLsmList, error);
  if (error) {
    problems.push_back({Message::LsmListUnreadable, {kLsmList, errorText(error)}, {}});
  } else if (("," + list + ",").find(",bpf,") == std::string::npos) {
    problems.push_back({Message::NoBpfLsm, {list}, {}});
  }
}

void checkTypes(std::vector<Problem>& problems) {
  if (access(kBtf, R_OK)) problems.push_back({Message::NoBtf, {kBtf, errorText(errno)}, {}});
}

void checkLockdown(std::vector<Problem>& problems) {
  int error = 0;
  if (contents("/sys/kernel/security/lockdown", error).find("[confidentiality]") != std::string::npos)
    problems.push_back({Message::Lockdown, {}, {}});
}

// With kernel.kptr_restrict=2 all addresses are zero, root's too, and libbpf would take that for the place of rename_lock.
void checkAddresses(std::vector<Problem>& problems) {
  std::ifstream symbols("/proc/kallsyms");
  std::string line;
  bool shown = false;
  for (int i = 0; i < 4096 && !shown && std::getline(symbols, line); ++i) shown = line.find_first_not_of('0') != line.find(' ');
  if (!shown) problems.push_back({Message::AddressesHidden, {}, {}});
}

void checkCaller(std::vector<Problem>& problems) {
  if (geteuid() != 0) problems.push_back({Message::NotRoot, {std::to_string(geteuid())}, {}});
}

void checkCapabilities(std::vector<Problem>& problems) {
  uint64_t set = effectiveCapabilities();
  bool enough = hasCapability(set, CAP_SYS_ADMIN) || (hasCapability(set, kCapBpf) && hasCapability(set, kCapPerfmon));
  if (geteuid() == 0 && !enough) problems.push_back({Message::MissingCapability, {"CAP_SYS_ADMIN"}, {}});
  if (!inNamespace("/proc/self/ns/user", kFirstUserNamespace)) problems.push_back({Message::UserNamespace, {}, {}});
}

// Why the bpffs may not be the host's own; empty where it is.
std::string foreignBpffs() {
  struct stat here {
  }, hosts{};
  if (stat(kBpffs, &here) || stat(kFirstProcessBpffs, &hosts))
    return "cannot be told from a container's own (`" + std::string(kFirstProcessBpffs) + "`: " + errorText(errno) + ")";
  return here.st_dev == hosts.st_dev ? "" : "is not the one that process 1 sees";
}

void checkBpffs(std::vector<Problem>& problems) {
  if (!isBpffs(kBpffs)) {
    problems.push_back({Message::NotBpffs, {kBpffs}, {}});
  } else if (!inNamespace("/proc/self/ns/pid", kFirstPidNamespace)) {
    problems.push_back({Message::ForeignBpffs, {kBpffs, "may be a container's own (this is a PID namespace)"}, {}});
  } else {
    std::string why = geteuid() == 0 ? foreignBpffs() : "";
    if (!why.empty()) problems.push_back({Message::ForeignBpffs, {kBpffs, why}, {}});
  }
}

struct Check {
  const char* name;
  void (*run)(std::vector<Problem>&);
  const char* seen;
  bool reader;  // reading what is loaded needs it too
};

constexpr Check kChecks[] = {
    {"root", checkCaller, "uid 0", true},
    {"capabilities", checkCapabilities, "initial user namespace, CAP_SYS_ADMIN or CAP_BPF with CAP_PERFMON", false},
    {"BPF LSM", checkLsmList, "`bpf` is an active LSM", false},
    {"BTF", checkTypes, kBtf, false},
    {"bpffs", checkBpffs, kBpffs, true},
    {"kernel symbols", checkAddresses, "their addresses are shown", false},
    {"lockdown", checkLockdown, "not `confidentiality`", false},
};

}  // namespace

bool isBpffs(const std::string& folder) {
  struct statfs info {};
  return !statfs(folder.c_str(), &info) && static_cast<uint32_t>(info.f_type) == static_cast<uint32_t>(kBpfMagic);
}

std::string kernelRelease() {
  utsname names{};
  uname(&names);
  return names.release;
}

std::vector<Problem> checkHost() {
  std::vector<Problem> problems;
  for (const Check& check : kChecks) check.run(problems);
  return problems;
}

std::vector<Problem> checkReader() {
  std::vector<Problem> problems;
  for (const Check& check : kChecks)
    if (check.reader) check.run(problems);
  return problems;
}

std::vector<Finding> checkedPrerequisites() {
  std::vector<Finding> findings;
  for (const Check& check : kChecks) {
    std::vector<Problem> problems;
    check.run(problems);
    if (problems.empty()) findings.push_back({check.name, true, true, check.seen, {}});
    for (const Problem& problem : problems) findings.push_back({check.name, false, true, textOf(problem), hintOf(problem)});
  }
  return findings;
}

const btf& kernelTypes() {
  static btf* types = btf__load_vmlinux_btf();
  if (!types) throw Failure(Message::NoBtf, {kBtf, errorText(errno)});
  return *types;
}

bool hasKernelTypes() { return !access(kBtf, R_OK); }

bool kernelHasType(const char* name, uint32_t kind) { return btf__find_by_name_kind(&kernelTypes(), name, kind) > 0; }

bool kernelHasTaskStorage() { return hasTaskStorage(kernelTypes()); }

}  // namespace lsmpc::runtime
