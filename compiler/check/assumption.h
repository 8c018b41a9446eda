// `with …`: what a test says of what only a loader knows, dynamic sets and the host's accounts.
#pragma once

#include "compiler/ast/ast.h"
#include "compiler/check/expression.h"
#include "compiler/check/scope.h"
#include "compiler/diag/diagnostic.h"
#include "compiler/policy/test.h"

namespace lsmpc::check {

// `unresolved`, or `absent`: words that stand for a value in tests.
std::optional<policy::Presence> presenceWord(const ast::Expr& value);

// Fills in the sets and accounts of `result`. `expressions`: on no hook.
void checkAssumptions(const ast::Test& test, const Scope& scope, ExpressionChecker& expressions, policy::Test& result,
                      diag::Emitter& emitter);

}  // namespace lsmpc::check
