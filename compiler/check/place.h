// Where a rule stands in the policy once scopes are resolved: the scopes around it, from the inside out.
#pragma once

#include "compiler/ast/ast.h"

namespace lsmpc::check {

struct Place {
  const Place* outer = nullptr;  // null: the top of the file
  const ast::Scope* scope = nullptr;
};

// An `on` statement in its place. The order of these is the order in which rules are tried.
struct PlacedRule {
  const ast::On* on;
  const Place* place;  // null: the top of the file
};

}  // namespace lsmpc::check
