// What is known at build time about values and tests.
#pragma once

#include <optional>

#include "compiler/decision/decision.h"

namespace lsmpc::plan {

// The number that `value` always is.
std::optional<policy::Int> foldValue(const decision::Program& program, const decision::Value& value);
// The answer that `test` always gives.
std::optional<bool> foldTest(const decision::Program& program, const decision::Test& test);

}  // namespace lsmpc::plan
