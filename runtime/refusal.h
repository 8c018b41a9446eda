// What libbpf and the verifier said of an object that they would not load, in terms of the policy.
#pragma once

#include <string>

#include "runtime/message.h"
#include "runtime/object.h"

namespace lsmpc::runtime {

// Whether an error, positive or negative, is a fault of the host (no memory, no right, a limit) and not of what is loaded.
bool isHosts(int error);

Problem loadProblem(const PolicyObject& object, int error, const std::string& log);

}  // namespace lsmpc::runtime
