// The statements of a file → its rules in the order in which they are tried, each with its place.
#pragma once

#include <deque>
#include <vector>

#include "compiler/check/place.h"
#include "compiler/diag/diagnostic.h"

namespace lsmpc::check {

class Expander {
 public:
  explicit Expander(diag::Emitter& emitter) : emitter_(emitter) {}

  // The places stay good while this lives.
  std::vector<PlacedRule> expand(const std::vector<ast::Statement>& statements);

 private:
  using Rules = std::vector<PlacedRule>;

  // Defaults go to `last`: they are tried after all else of their scope.
  void list(const std::vector<ast::Statement>& statements, const Place* place, Rules& rules, Rules& last);
  void block(const std::vector<ast::Statement>& statements, const Place* place, Rules& rules);
  void scope(const ast::Scope& scope, const Place* place, Rules& rules);

  diag::Emitter& emitter_;
  std::deque<Place> places_;
};

}  // namespace lsmpc::check
