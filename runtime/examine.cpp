// What `doctor` says of this host beyond what a load checks.
#include <bpf/btf.h>
#include <sys/utsname.h>

#include <cstdio>
#include <cstring>
#include <fstream>

#include "runtime/hooks.h"
#include "runtime/preflight.h"

namespace lsmpc::runtime {
namespace {

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

// A trampoline calls compiled programs only.
Finding compiler() {
  std::ifstream in("/proc/sys/net/core/bpf_jit_enable");
  std::string value;
  in >> value;
  bool off = value == "0";
  return {"BPF JIT", !off, true,
          off             ? "switched off"
          : value.empty() ? "always on"
                          : "on",
          off ? "`sysctl net.core.bpf_jit_enable=1`" : ""};
}

struct Ability {
  const char* name;
  bool required;
  bool (*there)();
  const char *seen, *lacking, *way_out;
};

constexpr Ability kAbilities[] = {
    {"LSM hooks", true, [] { return kernelArguments("file_open").has_value(); }, "BPF programs can be attached to LSM hooks",
     "the kernel has none for BPF", "run a kernel built with CONFIG_BPF_LSM=y, Linux 5.7 or later"},
    {"ring buffer", true, [] { return kernelHasType("bpf_ringbuf", BTF_KIND_STRUCT); }, "events", "the kernel has none",
     "run Linux 5.8 or later"},
    {"task storage", false, [] { return kernelHasTaskStorage(); }, "scratch memory of a task",
     "the kernel has none (5.11): per-CPU memory is used, an event may lose its path when tasks preempt each other", ""},
    {"typed casts", false, [] { return kernelHasType("bpf_rdonly_cast", BTF_KIND_FUNC); }, "paths across mounts without probing",
     "the kernel has no bpf_rdonly_cast (6.2): mounts are crossed by probing, a little slower", ""},
};

}  // namespace

std::vector<Finding> examineHost() {
  std::vector<Finding> findings{{"kernel", true, true, kernelRelease(), {}}};
  for (Finding& finding : checkedPrerequisites()) findings.push_back(std::move(finding));
  findings.push_back(compiler());
  for (const Ability& ability : kAbilities) {
    bool there = hasKernelTypes() && ability.there();
    if (hasKernelTypes())
      findings.push_back({ability.name, there, ability.required, there ? ability.seen : ability.lacking, there ? "" : ability.way_out});
  }
  findings.push_back(preemptionBug());
  return findings;
}

}  // namespace lsmpc::runtime
