// The rules of a policy, hook by hook: conditions typed on each hook they stand on, scopes joined to them.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "compiler/check/check.h"
#include "compiler/check/expression.h"
#include "compiler/check/place.h"
#include "compiler/check/scope.h"

namespace lsmpc::check {

class HookTable {
 public:
  HookTable(const Input& input, const Scope& scope, diag::Emitter& emitter) : input_(input), scope_(scope), emitter_(emitter) {}

  void add(const PlacedRule& placed);  // in the order of trial
  bool empty() const { return hooks_.empty(); }
  void warnOfCutOffs() const;
  void addEvents();  // the attributes that events show

  std::vector<policy::Rule> takeRules() { return std::move(rules_); }
  std::vector<policy::HookPolicy> takeHooks();

 private:
  // A rule on one hook, as written: what its verdict and place mean for others.
  struct Entry {
    const PlacedRule* placed;
    uint32_t rule;
  };
  struct OpenHook {
    policy::HookPolicy policy;
    std::unique_ptr<ExpressionChecker> expressions;
    std::map<const Place*, policy::ExprPtr> scopes;  // the whole condition of a place; null after an error
    std::vector<Entry> entries;
  };

  void addOn(const ast::Name& hook, const PlacedRule& placed, const policy::Rule* rule, uint32_t index);
  bool onlyDefault(const ast::Name& hook, const PlacedRule& placed);
  OpenHook& open(const btf::Hook& hook, btf::TargetMask mask);
  policy::ExprPtr condition(OpenHook& open, const PlacedRule& placed);
  policy::ExprPtr scopeCondition(OpenHook& open, const Place* place, base::Range rule);
  std::string uniqueId(const policy::Rule& rule, const Place* place);
  void warnOfCutOffs(const OpenHook& open) const;

  const Input& input_;
  const Scope& scope_;
  diag::Emitter& emitter_;
  std::deque<PlacedRule> placed_;
  std::vector<policy::Rule> rules_;
  std::vector<std::unique_ptr<OpenHook>> hooks_;  // in order of first use
  std::map<std::string, uint32_t> ids_;
  std::map<std::pair<const Place*, std::string>, base::Range> defaults_;  // by scope and hook
};

}  // namespace lsmpc::check
