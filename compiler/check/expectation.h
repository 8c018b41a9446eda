// `expect …`: the outcomes of a step, each of its kind once.
#pragma once

#include <optional>

#include "compiler/ast/ast.h"
#include "compiler/btf/types.h"
#include "compiler/diag/diagnostic.h"
#include "compiler/policy/test.h"

namespace lsmpc::check {

// Nothing after an error. `named`: the hook in the step.
std::optional<policy::Expectation> checkExpectation(const ast::Expectation& written, const btf::Hook& hook, base::Range named,
                                                    diag::Emitter& emitter);

}  // namespace lsmpc::check
