// `assert` statements → typed claims: the condition typed on each hook, as a rule's is.
#pragma once

#include <vector>

#include "compiler/check/check.h"
#include "compiler/check/group.h"
#include "compiler/check/scope.h"
#include "compiler/diag/diagnostic.h"
#include "compiler/policy/assertion.h"

namespace lsmpc::check {

std::vector<policy::Assertion> checkAssertions(const ast::File& file, const Input& input, const Scope& scope, GroupTable& groups,
                                               diag::Emitter& emitter);

}  // namespace lsmpc::check
