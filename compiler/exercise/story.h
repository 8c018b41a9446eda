// What is said in a test, from step to step.
#pragma once

#include <vector>

#include "compiler/judge/said.h"
#include "compiler/materialise/scene.h"
#include "compiler/policy/policy.h"

namespace lsmpc::exercise {

// First the paths, which say which files there are; then what leads nowhere, and last what hangs on the rest.
std::vector<const policy::Given*> inOrder(const std::vector<policy::Given>& given, const policy::HookPolicy& hook);
// user("nginx") as the id that the test assumes.
policy::ExprPtr resolved(const policy::ExprPtr& constant, const judge::Said& said);
// False, and in the scene why, where the host cannot be so.
bool bringAbout(const policy::Given& given, const judge::Said& said, materialise::Scene& scene);
judge::Value valueOf(const policy::Given& given, const judge::Said& said);

// What an exec did on its way to one of its hooks, where the event says which script it asked for; what went wrong, or "".
std::string beginScript(simulate::Loaded& host, materialise::Scene& scene, simulate::Acting& acting);

// One call of a hook, and what is said of it.
struct Call {
  std::string hook;
  judge::Said said;
};
// Those of an exec of which `step` is said, by a task of which `task` is: in their order, until one refuses.
std::vector<Call> callsOfExec(const judge::Said& step, const judge::Said& task);

// A task after an exec, of which `step` is said.
void executed(const judge::Said& step, judge::Said& task);
// A child of that task.
judge::Said forked(const judge::Said& parent);

}  // namespace lsmpc::exercise
