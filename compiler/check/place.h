// Where a rule stands in the policy once scopes and calls of templates are resolved: what is around it, from the inside out.
#pragma once

#include <map>
#include <string>

#include "compiler/ast/ast.h"

namespace lsmpc::check {

// A template's parameters at one call.
struct Bindings {
  std::map<std::string, const ast::Let*, std::less<>> lets;
  std::map<std::string, const ast::SetDeclaration*, std::less<>> sets;
};

// A scope, or a call.
struct Place {
  const Place* outer = nullptr;  // null: the top of the file
  const ast::Scope* scope = nullptr;
  const ast::CallStatement* call = nullptr;
  const Bindings* bindings = nullptr;  // what names mean inside, beside the file's own; of a scope: also in its condition
};

// An `on` statement in its place. The order of these is the order in which rules are tried.
struct PlacedRule {
  const ast::On* on;
  const Place* place;  // null: the top of the file
};

inline const Place* scopeAround(const Place* place) {
  while (place && !place->scope) place = place->outer;
  return place;
}

}  // namespace lsmpc::check
