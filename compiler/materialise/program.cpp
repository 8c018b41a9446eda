#include "compiler/materialise/exec.h"
#include "compiler/materialise/scene.h"

namespace lsmpc::materialise {

using policy::Builtin;

// Told all at once (tellPrograms): what came first is an ancestor of what comes later.
bool Scene::putProgram(const policy::BuiltinCall& call, const std::string& path) {
  switch (call.builtin) {
    case Builtin::Exe: programs_.own = path; return true;
    case Builtin::Script: programs_.script = path; return true;
    case Builtin::Ancestors: programs_.before.push_back(path); return true;
    case Builtin::ParentExe: programs_.others[kernel_.get(actor_.task, "real_parent")] = path; return true;
    case Builtin::TaskExe: programs_.others[object(*call.arguments[0]).address] = path; return true;
    case Builtin::AskedScript: programs_.asked = path; return true;
    default: return fail("an exec tells it: let a step before do one");
  }
}

bool Scene::tellPrograms() {
  std::string fault;
  auto tell = [&](const simulate::Task& task, const std::string& program, const std::string& script) {
    if (fault.empty()) fault = execute(host_, task, program, script);
  };
  for (const auto& [address, path] : programs_.others) tell(host_.tasks().taskAt(address), path, "");
  for (const std::string& path : programs_.before) tell(actor_, path, "");
  if (programs_.own || programs_.script || !programs_.before.empty())
    tell(actor_, programs_.own.value_or(kPlainProgram), programs_.script.value_or(""));
  return fault.empty() || fail(fault);
}

}  // namespace lsmpc::materialise
