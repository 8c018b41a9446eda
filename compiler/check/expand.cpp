#include "compiler/check/expand.h"

namespace lsmpc::check {

std::vector<PlacedRule> Expander::expand(const std::vector<ast::Statement>& statements) {
  Rules rules;
  block(statements, nullptr, rules);
  return rules;
}

void Expander::block(const std::vector<ast::Statement>& statements, const Place* place, Rules& rules) {
  Rules last;
  list(statements, place, rules, last);
  rules.insert(rules.end(), last.begin(), last.end());
}

void Expander::list(const std::vector<ast::Statement>& statements, const Place* place, Rules& rules, Rules& last) {
  for (const ast::Statement& statement : statements) {
    if (auto* on = std::get_if<ast::On>(&statement)) (on->is_default ? last : rules).push_back({on, place});
    if (auto* inner = std::get_if<ast::Scope>(&statement)) scope(*inner, place, rules);
  }
}

// The rules of a scope that this version does not have are looked at all the same.
void Expander::scope(const ast::Scope& scope, const Place* place, Rules& rules) {
  if (scope.kind.text == "when") {
    place = &places_.emplace_back(Place{place, &scope});
  } else if (scope.kind.text == "program" || scope.kind.text == "cgroup") {
    emitter_.report(diag::Kind::LaterStatement, {scope.range.file, scope.range.begin, scope.kind.range.end}, "scope " + scope.kind.text)
        .hint("this version has `scope when CONDITION { … }`");
  } else {
    emitter_.report(diag::Kind::Syntax, scope.kind.range, "`" + scope.kind.text + "`", "`when`, `program` or `cgroup`");
  }
  block(scope.block->statements, place, rules);
}

}  // namespace lsmpc::check
