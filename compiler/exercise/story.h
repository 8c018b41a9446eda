// What is said in a test, from step to step.
#pragma once

#include <vector>

#include "compiler/judge/said.h"
#include "compiler/materialise/scene.h"
#include "compiler/policy/policy.h"

namespace lsmpc::exercise {

// First the paths, which say which files there are; then where they are on their filesystems, what leads nowhere, and last what hangs on the rest.
std::vector<const policy::Given*> inOrder(const std::vector<policy::Given>& given, const policy::HookPolicy& hook,
                                          const std::vector<policy::Given>& more = {});
// user("nginx") as the id that the test assumes.
policy::ExprPtr resolved(const policy::ExprPtr& constant, const judge::Said& said);
// False, and in the scene why, where the host cannot be so.
bool bringAbout(const policy::Given& given, const judge::Said& said, materialise::Scene& scene);
judge::Value valueOf(const policy::Given& given, const judge::Said& said);

// What an exec did on its way to one of its hooks, where the event says which script it asked for; what went wrong, or "".
std::string beginScript(simulate::Loaded& host, materialise::Scene& scene, simulate::Acting& acting);

// A task after an exec, of which `step` is said.
void executed(const judge::Said& step, judge::Said& task);
// A child of that task.
judge::Said forked(const judge::Said& parent);

}  // namespace lsmpc::exercise
