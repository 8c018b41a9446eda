// The statements of a file → its rules in the order in which they are tried, each with its place: scopes opened, templates put
// where they are called.
#pragma once

#include <deque>
#include <vector>

#include "compiler/check/place.h"
#include "compiler/check/template.h"
#include "compiler/diag/diagnostic.h"

namespace lsmpc::check {

class Expander {
 public:
  Expander(const Scope& scope, TemplateTable& templates, diag::Emitter& emitter)
      : scope_(scope),
        templates_(templates),
        emitter_(emitter) {}

  // The places stay good while this lives.
  std::vector<PlacedRule> expand(const std::vector<ast::Statement>& statements);
  // A template's own rules, its parameters bound to anything; calls in it are looked at and not followed.
  std::vector<PlacedRule> expandAlone(const ast::Template& definition, const Bindings& bindings);

 private:
  using Rules = std::vector<PlacedRule>;

  // Defaults go to `last`: they are tried after all else of their scope.
  void list(const std::vector<ast::Statement>& statements, const Place* place, Rules& rules, Rules& last);
  void block(const std::vector<ast::Statement>& statements, const Place* place, Rules& rules);
  void scope(const ast::Scope& scope, const Place* place, Rules& rules);
  void call(const ast::CallStatement& call, const Place* place, Rules& rules, Rules& last);

  const Scope& scope_;
  TemplateTable& templates_;
  diag::Emitter& emitter_;
  std::deque<Place> places_;
  std::deque<Bindings> bindings_;
  bool follow_ = true;
  size_t level_ = 0, calls_ = 0;
  base::Range outermost_;  // the call of the policy that is followed
};

}  // namespace lsmpc::check
