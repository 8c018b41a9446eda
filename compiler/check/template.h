// Templates: looked at once on their own, and their parameters bound at each call.
#pragma once

#include <deque>
#include <map>

#include "compiler/check/check.h"
#include "compiler/check/group.h"
#include "compiler/check/place.h"
#include "compiler/check/scope.h"

namespace lsmpc::check {

class TemplateTable {
 public:
  TemplateTable(const Input& input, const Scope& scope, GroupTable& groups, diag::Emitter& emitter)
      : input_(input),
        scope_(scope),
        groups_(groups),
        emitter_(emitter) {}

  // Reports what is wrong with the templates of `file`, whether they are called or not.
  void check(const ast::File& file);
  const ast::Template* named(const ast::Name& callee);  // null, reported: none
  // False where it has a fault, which is reported at its own place, or where `call` goes round in a circle.
  bool usable(const ast::Template& definition, const ast::CallStatement& call);
  // False, reported: other values than the template takes. `caller`: the bindings of the template that calls.
  bool bind(const ast::CallStatement& call, const ast::Template& definition, const Bindings* caller, Bindings& result);

 private:
  enum class State { Open, Good, Faulty };

  State look(const ast::Template& definition);
  bool parameters(const ast::Template& definition);
  bool argument(const ast::Expr& written, const ast::Parameter& parameter, const Bindings* caller, Bindings& result);
  bool wrong(const ast::Expr& argument, const ast::Parameter& parameter, const std::string& found);
  ast::ExprPtr closed(const ast::Expr& expr, const Bindings* caller) const;
  const ast::Expr* followed(const ast::Expr& expr, const Bindings* caller, const ast::SetDeclaration** set) const;
  bool holds(const ast::SetDeclaration& set);

  const Input& input_;
  const Scope& scope_;
  GroupTable& groups_;
  diag::Emitter& emitter_;
  size_t level_ = 0;
  std::map<const ast::Template*, State> states_;
  std::deque<ast::Let> lets_;
  std::deque<ast::SetDeclaration> sets_;
};

}  // namespace lsmpc::check
