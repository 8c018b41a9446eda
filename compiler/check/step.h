// One `given` of a test, on its hook.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "compiler/check/check.h"
#include "compiler/check/expression.h"
#include "compiler/check/scope.h"
#include "compiler/policy/test.h"

namespace lsmpc::check {

class StepChecker {
 public:
  // `hook`: that of the step, for the targets in `mask`.
  StepChecker(const ast::Step& written, const btf::Hook& hook, btf::TargetMask mask, const Input& input, const Scope& scope,
              diag::Emitter& emitter);

  // What the step itself gives and expects.
  void check();
  // The keys that each case gives besides; false, reported, where one has a fault.
  bool caseKeys(const ast::CaseTable& table);
  std::optional<policy::Case> caseOf(const ast::Case& row, const ast::CaseTable& table);

  policy::Step& step() { return step_; }

 private:
  policy::ExprPtr key(const ast::Expr& written);
  bool value(const ast::Expr& written, policy::Given& given);
  bool presence(const ast::Expr& written, policy::Given& given, policy::Presence presence);
  policy::Given givenFor(const policy::ExprPtr& key, base::Range range) const;

  const ast::Step& written_;
  const Input& input_;
  const Scope& scope_;
  diag::Emitter& emitter_;
  policy::Step step_;
  ExpressionChecker expressions_;
  std::map<std::string, base::Range> keys_;
  std::vector<policy::ExprPtr> case_keys_;
};

}  // namespace lsmpc::check
