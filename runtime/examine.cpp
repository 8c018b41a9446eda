// What `doctor` says of this host beyond what a load checks.
#include <bpf/btf.h>

#include <fstream>

#include "runtime/hooks.h"
#include "runtime/preflight.h"
#include "runtime/skipped_programs.h"

namespace lsmpc::runtime {
namespace {

Finding skippedPrograms() {
  KernelText kernel = runningKernel();
  constexpr const char* kName = "no skipped programs";
  for (const Problem& warning : warningsOf(kernel)) return {kName, false, false, textOf(warning), hintOf(warning)};
  return {kName, true, false, "Linux " + kernel.release + " runs each", {}};
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
    {"LSM hooks", true, [] { return kernelArguments(kernelTypes(), "file_open").has_value(); }, "BPF programs can be attached to LSM hooks",
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
  findings.push_back(skippedPrograms());
  return findings;
}

}  // namespace lsmpc::runtime
