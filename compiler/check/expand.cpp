#include "compiler/check/expand.h"

namespace lsmpc::check {

using diag::Kind;

namespace {

constexpr size_t kMaxLevels = 200;    // of calls in calls
constexpr size_t kMaxCalls = 10'000;  // of a policy, those in templates counted as often as they are made

}  // namespace

std::vector<PlacedRule> Expander::expand(const std::vector<ast::Statement>& statements) {
  Rules rules;
  block(statements, nullptr, rules);
  return rules;
}

std::vector<PlacedRule> Expander::expandAlone(const ast::Template& definition, const Bindings& bindings) {
  Rules rules;
  follow_ = false;
  block(definition.block->statements, &places_.emplace_back(Place{.bindings = &bindings}), rules);
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
    if (auto* call = std::get_if<ast::CallStatement>(&statement)) this->call(*call, place, rules, last);
  }
}

void Expander::scope(const ast::Scope& scope, const Place* place, Rules& rules) {
  place = &places_.emplace_back(Place{place, &scope, nullptr, place ? place->bindings : nullptr});
  block(scope.block->statements, place, rules);
}

// Its defaults are those of the scope that it is called in.
void Expander::call(const ast::CallStatement& call, const Place* place, Rules& rules, Rules& last) {
  if (calls_ > kMaxCalls) return;
  const ast::Template* definition = templates_.named(call.callee);
  if (!definition || !templates_.usable(*definition, call)) return;
  Bindings& bindings = bindings_.emplace_back();
  if (!templates_.bind(call, *definition, place ? place->bindings : nullptr, bindings) || !follow_) return;
  if (level_ == 0) outermost_ = call.range;
  if (++calls_ > kMaxCalls || level_ >= kMaxLevels) {
    Kind kind = calls_ > kMaxCalls ? Kind::TooManyCalls : Kind::TooDeep;
    emitter_.report(kind, outermost_, std::to_string(calls_ > kMaxCalls ? kMaxCalls : kMaxLevels)).hint("join calls by sets");
    calls_ = kMaxCalls + 1;
    return;
  }
  ++level_;
  list(definition->block->statements, &places_.emplace_back(Place{place, nullptr, &call, &bindings}), rules, last);
  --level_;
}

}  // namespace lsmpc::check
