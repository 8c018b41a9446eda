// Expressions on one hook: names resolved, types checked. Every function answers null after it has reported an error, and
// null operands are passed on in silence: one mistake, one message.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "compiler/ast/ast.h"
#include "compiler/btf/target_set.h"
#include "compiler/check/place.h"
#include "compiler/check/scope.h"
#include "compiler/diag/diagnostic.h"
#include "compiler/policy/policy.h"

namespace lsmpc::check {

using policy::ExprPtr;
using policy::Type;

class ExpressionChecker {
 public:
  ExpressionChecker(const Scope& scope, const btf::TargetSet& targets, policy::HookPolicy& hook, diag::Emitter& emitter)
      : scope_(scope),
        targets_(targets),
        hook_(hook),
        emitter_(emitter) {}

  ExprPtr condition(const ast::Expr& expr);
  // `given`: conditions that hold where this one is asked, for the members they guard.
  ExprPtr conditionGiven(const ast::Expr& expr, const std::vector<const ast::Expr*>& given);
  // `expected`: what the place wants, for words that mean something only there (flags); or null.
  ExprPtr value(const ast::Expr& expr, const Type* expected = nullptr);
  std::optional<uint32_t> attribute(const AttributeEntry& entry, ast::Range range);
  // Names of a template's parameters, while its rules are looked at; null outside.
  void bind(const Bindings* bindings) { bindings_ = bindings; }
  bool constantOnly(const ast::Expr& expr);  // what `let` may name
  bool constantOnly(const ast::Expr& expr, std::string_view hint);
  void checkSet(const ast::SetDeclaration& set);
  // event.cpp: what a test gives. A key that only some targets have takes the others from the hook's.
  ExprPtr eventKey(const ast::Expr& written);
  ExprPtr eventValue(const ExprPtr& key, const ast::Expr& written);
  // A dynamic set with these elements, its first ones or others; `range`: of what is at fault where they are too many.
  std::shared_ptr<const policy::DynamicSet> dynamicHolding(const ast::SetDeclaration& set, const ast::SetLiteral& elements,
                                                           ast::Range range);

 private:
  using Kind = diag::Kind;

  template <typename Node>
  ExprPtr make(Type type, ast::Range range, Node node) {
    return std::make_shared<policy::Expr>(policy::Expr{std::move(type), range, std::move(node)});
  }
  std::string describe(const ExprPtr& expr) const;
  ExprPtr integer(policy::Int number, ast::Range range);
  ExprPtr negate(ExprPtr positive, bool really, ast::Range range);

  // name.cpp
  ExprPtr path(const ast::Path& path, ast::Range range, const Type* expected);
  ExprPtr constant(const ast::Name& name);
  ExprPtr argument(const ast::Path& path, ast::Range range);
  ExprPtr member(ExprPtr base, const ast::Name& name, const std::string& base_text, const std::string& whole);
  ExprPtr members(ExprPtr base, const std::vector<ast::Name>& names, size_t first, std::string text);
  ExprPtr index(const ast::Index& index, ast::Range range);
  ExprPtr unknownName(const ast::Path& path);
  ExprPtr constantNamed(const ast::Let& let, const Type* expected);
  // declaration.cpp
  bool constantName(const ast::Path& path, ast::Range range, std::string_view hint);
  bool isNetworkInIpSet(const ast::Expr& element, const ast::SetDeclaration& set);
  // operator.cpp
  ExprPtr binary(const ast::Binary& binary, ast::Range range, const Type* expected);
  ExprPtr logic(const ast::Binary& binary, ast::Range range);
  ExprPtr bits(const ast::Binary& binary, ast::Range range, const Type* expected);
  ExprPtr has(const ast::Binary& binary, ast::Range range);
  ExprPtr mismatch(std::string_view op, ast::Range range, const ExprPtr& left, const ExprPtr& right);
  std::optional<uint64_t> flags(const ast::Expr& expr, const Type& domain, bool tested);
  std::optional<uint64_t> flag(const ast::Expr& expr, const Type& domain, bool tested);
  bool inMask(policy::Int number, const Type& type, ast::Range range);
  bool inRange(policy::Int number, const Type& type, ast::Range range);
  // compare.cpp
  ExprPtr compare(const ast::Binary& binary, ast::Range range);
  bool refuse(const ast::Binary& binary, const ExprPtr& left, const ExprPtr& right);
  ExprPtr equalText(const ast::Binary& binary, const ExprPtr& left, const ExprPtr& right, ast::Range range);
  ExprPtr equalIp(const ast::Binary& binary, const ExprPtr& left, const ExprPtr& right, ast::Range range);
  // match.cpp
  ExprPtr matches(const ast::Binary& binary, ast::Range range);
  bool patterns(const ast::Expr& expr, match::Pattern::Kind kind, const Type& type, std::vector<match::Pattern>& result);
  bool patternElement(const ast::Expr& expr, match::Pattern::Kind kind, const Type& type, std::vector<match::Pattern>& result);
  bool glob(const ast::String& text, ast::Range range, const Type& type, std::vector<match::Pattern>& result);
  bool pattern(const ast::String& text, ast::Range range, match::Pattern::Kind kind, const Type& type, std::vector<match::Pattern>& result);
  ExprPtr text(ExprPtr value);  // char pointers and arrays become strings
  // account.cpp
  ExprPtr account(policy::AccountKind kind, const ast::Call& call, ast::Range range);
  // membership.cpp
  struct Numbers {  // of a set
    std::vector<policy::Interval> intervals;
    std::vector<ExprPtr> accounts;  // known when the policy is loaded
  };
  ExprPtr in(const ast::Binary& binary, ast::Range range);
  bool numbers(const ast::Expr& element, const Type& type, Numbers& result);
  ExprPtr inNumbers(const ExprPtr& value, Numbers numbers, ast::Range range);
  void wrongElement(const ast::Expr& element, const ExprPtr& found, const Type& type);
  bool cidrs(const ast::Expr& element, std::vector<ast::Cidr>& result);
  std::optional<policy::Int> number(const ast::Expr& expr, const Type& type);
  std::optional<policy::Int> numberOf(const ast::Expr& written, const ExprPtr& constant, const Type& type);
  const ast::Expr& resolved(const ast::Expr& expr, const ast::SetDeclaration** set) const;
  // dynamic.cpp
  std::optional<std::string> dynamicElement(const ast::Expr& element, const Type& type);
  std::shared_ptr<const policy::DynamicSet> dynamicSet(const ast::SetDeclaration& set, const ast::SetLiteral& elements, const Type& type);
  std::optional<uint32_t> maximum(const ast::SetDeclaration& set);
  // call.cpp
  ExprPtr call(const ast::Call& call, ast::Range range, const Type* expected);
  ExprPtr ofSignature(policy::Builtin builtin, std::vector<ExprPtr> arguments, ast::Range range);
  std::optional<Type> choiceType(const ExprPtr& then, const ExprPtr& otherwise) const;
  ExprPtr choice(const ast::Call& call, ast::Range range, const Type* expected);
  ExprPtr mapBits(const ast::Call& call, ast::Range range, const Type* expected);
  ExprPtr cast(const ast::Call& call, ast::Range range);
  ExprPtr exists(const ast::Call& call, ast::Range range);
  void collectGuards(const ast::Expr& condition, std::vector<std::string>& guards) const;

  const ast::Let* letNamed(std::string_view name) const;
  const ast::SetDeclaration* setNamed(std::string_view name) const;

  const Scope& scope_;
  const btf::TargetSet& targets_;
  policy::HookPolicy& hook_;
  diag::Emitter& emitter_;
  std::vector<std::string> guards_;             // members that `exists(…)` has shown to be there
  std::map<std::string, uint32_t> attributes_;  // by name, of this hook
  std::set<std::string> open_;                  // attributes that are being made
  const Bindings* bindings_ = nullptr;
  std::set<std::string> failed_;                                     // attributes that could not be made here
  std::map<std::pair<const ast::Let*, std::string>, ExprPtr> lets_;  // by declaration and flags type wanted
  std::map<std::pair<const ast::Let*, std::string>, std::optional<uint64_t>> masks_;
  bool probing_ = false;  // inside exists(): a missing member is no error
};

}  // namespace lsmpc::check
