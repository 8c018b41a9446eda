#include "runtime/preflight.h"

#include <bpf/btf.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <sys/utsname.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

#include "runtime/abi/layout.h"
#include "runtime/descriptor.h"

namespace lsmpc::runtime {
namespace {

constexpr const char* kLsmList = "/sys/kernel/security/lsm";
constexpr const char* kBtf = "/sys/kernel/btf/vmlinux";
constexpr const char* kBpffs = "/sys/fs/bpf";
constexpr long kBpfMagic = 0xcafe4a11;
// CAP_BPF and CAP_PERFMON exist from 5.8 on; CAP_SYS_ADMIN includes both.
constexpr int kCapPerfmon = 38, kCapBpf = 39;

std::string contents(const char* path, int& error) {
  std::ifstream in(path);
  error = in ? 0 : (errno ? errno : EIO);
  std::ostringstream out;
  out << in.rdbuf();
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

bool inInitialUserNamespace() {
  std::ifstream in("/proc/self/uid_map");
  uint64_t inside = 1, outside = 1, count = 0;
  in >> inside >> outside >> count;
  return in && inside == 0 && outside == 0 && count == 4294967295u;
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

void checkCaller(std::vector<Problem>& problems) {
  if (geteuid() != 0) problems.push_back({Message::NotRoot, {std::to_string(geteuid())}, {}});
}

void checkCapabilities(std::vector<Problem>& problems) {
  uint64_t set = effectiveCapabilities();
  bool enough = hasCapability(set, CAP_SYS_ADMIN) || (hasCapability(set, kCapBpf) && hasCapability(set, kCapPerfmon));
  if (geteuid() == 0 && !enough) problems.push_back({Message::MissingCapability, {"CAP_SYS_ADMIN"}, {}});
  if (!inInitialUserNamespace()) problems.push_back({Message::UserNamespace, {}, {}});
}

void checkBpffs(std::vector<Problem>& problems) {
  if (!isBpffs(kBpffs)) problems.push_back({Message::NotBpffs, {kBpffs}, {}});
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
    {"lockdown", checkLockdown, "not `confidentiality`", false},
};

// 5.12 up to 6.1.53 can skip an LSM program when the task is preempted inside another one.
Finding preemptionBug() {
  unsigned major = 0, minor = 0, patch = 0;
  std::string release = kernelRelease();
  utsname names{};
  uname(&names);
  // Distributions keep the ABI's number in the release; the true one is in the version text.
  if (const char* debian = strstr(names.version, "Debian ")) release = debian + strlen("Debian ");
  sscanf(release.c_str(), "%u.%u.%u", &major, &minor, &patch);
  unsigned number = major << 16 | minor << 8 | patch;
  bool affected = number >= 0x050c00 && number < 0x060100 + 53;
  return {"no skipped programs", !affected, false, affected ? "this kernel may skip a program on preemption" : release,
          affected ? "upgrade to 6.1.53 or later" : ""};
}

}  // namespace

bool isBpffs(const std::string& folder) {
  struct statfs info{};
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

std::vector<Finding> examineHost() {
  std::vector<Finding> findings{{"kernel", true, true, kernelRelease(), {}}};
  for (const Check& check : kChecks) {
    std::vector<Problem> problems;
    check.run(problems);
    if (problems.empty()) findings.push_back({check.name, true, true, check.seen, {}});
    for (const Problem& problem : problems) findings.push_back({check.name, false, true, textOf(problem), hintOf(problem)});
  }
  if (!access(kBtf, R_OK)) {
    bool ring = btf__find_by_name_kind(&kernelTypes(), "bpf_ringbuf", BTF_KIND_STRUCT) > 0;
    findings.push_back({"ring buffer", ring, true, ring ? "events" : "the kernel has none", ring ? "" : "run Linux 5.8 or later"});
    bool storage = kernelHasTaskStorage();
    findings.push_back({"task storage", storage, false, storage ? "scratch memory of a task" : "the kernel has none: per-CPU memory is used", ""});
  }
  findings.push_back(preemptionBug());
  return findings;
}

const btf& kernelTypes() {
  static btf* types = btf__load_vmlinux_btf();
  if (!types) throw Failure(Message::NoBtf, {kBtf, errorText(errno)});
  return *types;
}

bool kernelHasTaskStorage() {
  const btf& types = kernelTypes();
  int id = btf__find_by_name_kind(&types, "bpf_map_type", BTF_KIND_ENUM);
  const btf_type* type = id > 0 ? btf__type_by_id(&types, id) : nullptr;
  if (!type) return false;
  const struct btf_enum* values = btf_enum(type);
  for (int i = 0; i < btf_vlen(type); ++i)
    if (std::string_view(btf__name_by_offset(&types, values[i].name_off)) == "BPF_MAP_TYPE_TASK_STORAGE") return true;
  return false;
}

}  // namespace lsmpc::runtime
