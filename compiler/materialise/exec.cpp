#include "compiler/materialise/exec.h"

namespace lsmpc::materialise {

using simulate::Which;

namespace {

constexpr const char* kHooks[] = {"bprm_creds_for_exec", "bprm_check_security", "bprm_committing_creds", "bprm_committed_creds"};

// The hooks of one exec, in their order.
class Chain {
 public:
  Chain(simulate::Loaded& host, const Exec& exec, simulate::Acting& acting, Which which)
      : host_(host),
        exec_(exec),
        acting_(acting),
        which_(which) {}

  std::optional<simulate::Outcome> run() {
    if (!begin()) return last_;
    for (size_t hook : {1, 2, 3})
      if (!permits(hook)) break;
    return last_;
  }

  // As far as to the program that will run. False: the last outcome is the end.
  bool begin() {
    simulate::Kernel& kernel = host_.kernel();
    simulate::Address program = kernel.get(exec_.request, "file"), asked = kernel.get(exec_.request, "filename");
    if (!exec_.script.empty()) {
      kernel.put(exec_.request, "file", host_.tasks().files().openAt(exec_.script).address);
      kernel.put(exec_.request, "interp", asked);
    }
    if (!permits(0)) return false;
    if (exec_.script.empty()) return true;
    if (!permits(1)) return false;
    kernel.put(exec_.request, "file", program);
    kernel.put(exec_.request, "interp", kernel.text("interpreter"));  // another text than the one that was asked for
    return true;
  }
  const std::optional<simulate::Outcome>& last() const { return last_; }

 private:
  bool permits(size_t hook) {
    auto outcome = host_.run(kHooks[hook], {exec_.request.address}, acting_, which_);
    if (!outcome) return true;
    last_ = outcome;
    return outcome->fault.empty() && outcome->value == 0;
  }

  simulate::Loaded& host_;
  const Exec& exec_;
  simulate::Acting& acting_;
  Which which_;
  std::optional<simulate::Outcome> last_;
};

}  // namespace

simulate::Object requestOf(simulate::Loaded& host, const std::string& program, const std::string& asked) {
  simulate::Kernel& kernel = host.kernel();
  simulate::Object made = kernel.make("linux_binprm");
  simulate::Address name = kernel.text(asked);
  for (const char* member : {"filename", "interp"}) kernel.put(made, member, name);
  kernel.put(made, "file", host.tasks().files().openAt(program).address);
  return made;
}

std::optional<simulate::Outcome> execute(simulate::Loaded& host, const simulate::Task& task, const Exec& exec, simulate::Acting& acting,
                                         Which which) {
  simulate::Address program = host.kernel().get(exec.request, "file");
  auto outcome = Chain(host, exec, acting, which).run();
  if (!outcome || (outcome->fault.empty() && outcome->value == 0)) host.kernel().put(task.space, "exe_file", program);
  return outcome;
}

std::string beginScript(simulate::Loaded& host, const Exec& exec, simulate::Acting& acting) {
  Chain chain(host, exec, acting, Which::Trackers);
  chain.begin();
  return chain.last() ? chain.last()->fault : "";
}

std::string execute(simulate::Loaded& host, const simulate::Task& task, const std::string& program, const std::string& script) {
  Exec exec{requestOf(host, program, script.empty() ? program : script), script};
  simulate::Acting acting = host.tasks().actingAs(task);
  auto outcome = execute(host, task, exec, acting, Which::Trackers);
  return outcome ? outcome->fault : "";
}

simulate::Task fork(simulate::Loaded& host, const simulate::Task& parent, uint32_t pid) {
  simulate::Task child = host.tasks().fork(parent, pid);
  simulate::Acting acting = host.tasks().actingAs(parent);
  host.run("task_alloc", {child.task.address, 0}, acting, Which::Trackers);
  return child;
}

}  // namespace lsmpc::materialise
