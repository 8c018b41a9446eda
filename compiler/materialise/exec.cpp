#include "compiler/materialise/exec.h"

namespace lsmpc::materialise {

using simulate::Which;

namespace {

class Chain {
 public:
  Chain(simulate::Loaded& host, const Exec& exec, simulate::Acting& acting, Which which)
      : host_(host),
        exec_(exec),
        acting_(acting),
        which_(which),
        program_(host.kernel().get(exec.request, "file")),
        asked_(host.kernel().get(exec.request, "filename")),
        interpreter_(host.kernel().get(exec.request, "interp")) {}

  // These calls, until one refuses; then the request is of the program that runs in the end.
  std::optional<simulate::Outcome> run(const std::vector<ExecCall>& calls) {
    bool script = !exec_.script.empty();
    simulate::Address opened = script ? host_.tasks().files().openAt(exec_.script).address : program_;
    // Another text than the one that was asked for.
    if (script && interpreter_ == asked_) interpreter_ = host_.kernel().text("interpreter");
    for (const ExecCall& call : calls) {
      put("file", call.asked ? opened : program_);
      put("interp", call.asked ? asked_ : interpreter_);
      if (!permits(call.hook)) break;
    }
    put("file", program_);
    put("interp", interpreter_);
    return last_;
  }

 private:
  void put(const char* member, simulate::Address value) { host_.kernel().put(exec_.request, member, value); }

  bool permits(const char* hook) {
    auto outcome = host_.run(hook, {exec_.request.address, program_}, acting_, which_);
    if (!outcome) return true;
    last_ = outcome;
    return outcome->fault.empty() && outcome->value == 0;
  }

  simulate::Loaded& host_;
  const Exec& exec_;
  simulate::Acting& acting_;
  Which which_;
  simulate::Address program_, asked_, interpreter_;
  std::optional<simulate::Outcome> last_;
};

}  // namespace

std::vector<ExecCall> execCalls(bool script) {
  std::vector<ExecCall> calls{{"bprm_creds_for_exec", script}};
  if (script) calls.push_back({"bprm_check_security", true});
  for (const char* hook : {"bprm_check_security", "bprm_creds_from_file", "bprm_committing_creds", "bprm_committed_creds"})
    calls.push_back({hook, false});
  return calls;
}

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
  auto outcome = Chain(host, exec, acting, which).run(execCalls(!exec.script.empty()));
  if (!outcome || (outcome->fault.empty() && outcome->value == 0)) host.kernel().put(task.space, "exe_file", program);
  return outcome;
}

std::string beginScript(simulate::Loaded& host, const Exec& exec, simulate::Acting& acting) {
  std::vector<ExecCall> calls = execCalls(true);
  std::erase_if(calls, [](const ExecCall& call) { return !call.asked; });
  auto outcome = Chain(host, exec, acting, Which::Trackers).run(calls);
  return outcome ? outcome->fault : "";
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
