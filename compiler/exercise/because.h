// Why a step came to what it did, for who reads a failed test.
#pragma once

#include <string>

#include "compiler/judge/said.h"
#include "compiler/policy/policy.h"

namespace lsmpc::exercise {

// A rule that decided: the values that its condition asks for, `path is "/etc/passwd", uid is 0`.
std::string because(const policy::Rule& rule, uint32_t index, const policy::HookPolicy& hook, const judge::Said& said);

}  // namespace lsmpc::exercise
