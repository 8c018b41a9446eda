// `test` statements → typed tests: hooks found, keys and values typed on each step's hook, tasks told apart.
#pragma once

#include <vector>

#include "compiler/check/check.h"
#include "compiler/check/scope.h"
#include "compiler/diag/diagnostic.h"
#include "compiler/policy/test.h"

namespace lsmpc::check {

std::vector<policy::Test> checkTests(const ast::File& file, const Input& input, const Scope& scope, diag::Emitter& emitter);

}  // namespace lsmpc::check
