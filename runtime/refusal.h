// What libbpf and the verifier said of an object that they would not load, in terms of the policy.
#pragma once

#include <string>

#include "runtime/message.h"
#include "runtime/object.h"

namespace lsmpc::runtime {

Problem loadProblem(const PolicyObject& object, int error, const std::string& log);

}  // namespace lsmpc::runtime
