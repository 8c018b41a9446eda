#include "compiler/materialise/exec.h"

namespace lsmpc::materialise {
namespace {

// The files of the chain, first what is asked for.
std::vector<std::string> chainOf(const std::string& program, const std::string& script) {
  if (script.empty()) return {program};
  return {script, program};
}

simulate::Object openAt(simulate::Files& files, const std::string& path) { return path.empty() ? files.openNameless() : files.open(files.at(path)); }

}  // namespace

std::string execute(simulate::Loaded& host, const simulate::Task& task, const std::string& program, const std::string& script) {
  simulate::Kernel& kernel = host.kernel();
  simulate::Object request = kernel.make("linux_binprm");
  std::vector<std::string> chain = chainOf(program, script);
  simulate::Address asked = kernel.text(chain.front());
  kernel.put(request, "filename", asked);
  kernel.put(request, "interp", asked);
  auto track = [&](const char* hook) {
    simulate::Acting acting = host.tasks().actingAs(task);
    return host.track(hook, {request.address}, acting);
  };
  for (size_t i = 0; i < chain.size(); ++i) {
    kernel.put(request, "file", openAt(host.tasks().files(), chain[i]).address);
    if (i > 0) kernel.put(request, "interp", kernel.text(chain[i]));
    std::string fault = i == 0 ? track("bprm_creds_for_exec") : "";
    if (fault.empty()) fault = track("bprm_check_security");
    if (!fault.empty()) return fault;
  }
  kernel.put(task.space, "exe_file", kernel.get(request, "file"));
  return track("bprm_committed_creds");
}

simulate::Task fork(simulate::Loaded& host, const simulate::Task& parent, uint32_t pid) {
  simulate::Task child = host.tasks().fork(parent, pid);
  simulate::Acting acting = host.tasks().actingAs(parent);
  host.track("task_alloc", {child.task.address, 0}, acting);
  return child;
}

}  // namespace lsmpc::materialise
