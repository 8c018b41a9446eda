// The rules of a policy, hook by hook: conditions typed on each hook they stand on, scopes joined to them.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "compiler/check/check.h"
#include "compiler/check/expression.h"
#include "compiler/check/group.h"
#include "compiler/check/place.h"
#include "compiler/check/scope.h"

namespace lsmpc::check {

class HookTable {
 public:
  HookTable(const Input& input, const Scope& scope, GroupTable& groups, diag::Emitter& emitter)
      : input_(input),
        scope_(scope),
        groups_(groups),
        emitter_(emitter) {}

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
    std::map<const Place*, policy::ExprPtr> scopes;      // the whole condition of a place; null after an error
    std::map<const ast::Expr*, policy::ExprPtr> groups;  // conditions of groups
    std::vector<Entry> entries;
  };

  // A rule and one of the hooks it stands on: named itself, or by a group.
  struct Standing {
    const PlacedRule& placed;
    uint32_t rule;
    const policy::Rule* checked;  // null: its actions have a fault
    ast::Name named;              // in the `on` list
    const GroupEntry* group = nullptr;
    std::vector<const ast::Expr*> conditions = {};  // of the group
    bool everywhere = true;                         // a target that lacks the hook is an error, or `if present` and a warning
  };

  void addGroup(Standing standing, std::map<std::string, base::Range>& seen);
  btf::TargetMask addHook(const ast::Name& hook, const Standing& standing, std::map<std::string, base::Range>& seen);
  bool onlyDefault(const ast::Name& hook, const Standing& standing);
  OpenHook& open(const btf::Hook& hook, btf::TargetMask mask);
  policy::ExprPtr condition(OpenHook& open, const Standing& standing);
  policy::ExprPtr groupCondition(OpenHook& open, const ast::Expr& condition);
  policy::ExprPtr scopeCondition(OpenHook& open, const Place* place, base::Range rule);
  void standAtCall(policy::Rule& rule, const Place* place) const;
  std::string uniqueId(const policy::Rule& rule, const Place* place);
  void warnOfCutOffs(const OpenHook& open) const;

  const Input& input_;
  const Scope& scope_;
  GroupTable& groups_;
  diag::Emitter& emitter_;
  std::deque<PlacedRule> placed_;
  std::vector<policy::Rule> rules_;
  std::vector<std::unique_ptr<OpenHook>> hooks_;  // in order of first use
  std::unordered_map<std::string, uint32_t> ids_;
  std::map<std::pair<const Place*, std::string>, base::Range> defaults_;  // by scope and hook
};

}  // namespace lsmpc::check
