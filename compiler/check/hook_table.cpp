#include "compiler/check/hook_table.h"

#include <algorithm>
#include <optional>

#include "compiler/check/rule.h"

namespace lsmpc::check {

using diag::Kind;

namespace {

constexpr std::string_view kEventAttributes[] = {
#define LSMPC_EVENT_FIELD(attribute, field) attribute,
#include "compiler/policy/event_fields.def"
};

policy::ExprPtr boolean(base::Range range, decltype(policy::Expr::node) node) {
  return std::make_shared<policy::Expr>(policy::Expr{{.kind = policy::TypeKind::Bool}, range, std::move(node)});
}

using Within = diag::Emitter::Within;

// What is wrong inside of a template, but right in the template alone, is the call's fault.
class InCalls {
 public:
  InCalls(diag::Emitter& emitter, const Place* place) {
    std::vector<const Place*> calls;
    for (; place; place = place->outer)
      if (place->call) calls.push_back(place);
    for (auto call = calls.rbegin(); call != calls.rend(); ++call)
      within_.push_back(std::make_unique<Within>(emitter, Within::Shown::MoveTo, (*call)->call->range,
                                                 "in the template `" + (*call)->call->callee.text + "`"));
  }
  ~InCalls() {
    while (!within_.empty()) within_.pop_back();
  }

 private:
  std::vector<std::unique_ptr<Within>> within_;
};

std::vector<const ast::Expr*> conditionsAround(const Place* place) {
  std::vector<const ast::Expr*> conditions;
  for (; place; place = place->outer)
    if (place->scope) conditions.push_back(place->scope->value.get());
  return conditions;
}

policy::ExprPtr both(const policy::ExprPtr& outer, const policy::ExprPtr& inner) {
  if (!outer || !inner) return nullptr;
  return boolean(inner->range, policy::Logic{true, outer, inner});
}

}  // namespace

void HookTable::add(const PlacedRule& placed) {
  const ast::On& on = *placed.on;
  InCalls calls(emitter_, placed.place);
  auto rule = checkActions(on, input_.sources, emitter_);
  if (rule) standAtCall(*rule, placed.place);
  auto index = static_cast<uint32_t>(rules_.size());
  placed_.push_back(placed);
  std::map<std::string, base::Range> seen;
  for (const ast::Name& name : on.hooks) {
    Standing standing{placed_.back(), index, rule ? &*rule : nullptr, name, scope_.group(name.text)};
    if (standing.group)
      addGroup(std::move(standing), seen);
    else
      addHook(name, standing, seen);
  }
  rules_.push_back(rule.value_or(policy::Rule{}));
  rules_.back().id = uniqueId(rules_.back(), placed.place);
}

// A group of the library holds the right hooks for each target, so one that a target lacks is no news, but a target that has none is.
void HookTable::addGroup(Standing standing, std::map<std::string, base::Range>& seen) {
  const auto* hooks = groups_.hooks(*standing.group);
  if (!hooks) return;
  std::map<const ast::Group*, btf::TargetMask> covered;  // of the library
  for (const GroupHook& hook : *hooks) {
    standing.conditions = hook.conditions;
    standing.everywhere = !hook.stands_in.library;
    btf::TargetMask mask = addHook(hook.hook, standing, seen);
    if (hook.stands_in.library) covered[hook.stands_in.declaration] |= mask;
  }
  for (auto [group, mask] : covered) {
    btf::TargetMask missing = input_.targets.all() & ~mask;
    if (!missing) continue;
    const std::string& name = group->name.text;
    if (standing.placed.on->if_present)
      emitter_.report(Kind::HookSkipped, standing.named.range, name, input_.targets.names(missing));
    else
      emitter_.report(Kind::HookNotOnTarget, standing.named.range, name, input_.targets.names(missing))
          .hint("`on " + standing.named.text + " if present` skips the targets that lack it");
  }
}

// The targets that have the hook.
btf::TargetMask HookTable::addHook(const ast::Name& name, const Standing& standing, std::map<std::string, base::Range>& seen) {
  const ast::On& on = *standing.placed.on;
  std::optional<Within> within;
  if (standing.group) within.emplace(emitter_, Within::Shown::MoveTo, standing.named.range, "in this group", on.range);
  auto [first, added] = seen.emplace(name.text, name.range);
  if (!added) {
    auto message = emitter_.report(Kind::RepeatedHook, name.range, name.text, "rule");
    if (standing.group) message.note(first->second, "the first");
    return 0;
  }
  if (on.if_present && !input_.targets.hook(name.text) && input_.known_hooks.contains(name.text)) {
    emitter_.report(Kind::HookSkipped, name.range, name.text, input_.targets.names(input_.targets.all()));
    return 0;
  }
  btf::TargetMask mask = 0;
  const btf::Hook* hook = checkHook(on, name, input_.targets, scope_, !standing.everywhere, mask, emitter_);
  if (!hook || (standing.checked && !checkErrno(on, name, *hook, *standing.checked, emitter_))) return mask;
  if (on.is_default && !onlyDefault(name, standing)) return mask;
  OpenHook& open = this->open(*hook, mask);
  if (policy::ExprPtr condition = this->condition(open, standing)) {
    open.policy.rules.push_back({standing.rule, condition});
    open.entries.push_back({&standing.placed, standing.rule});
  }
  return mask;
}

bool HookTable::onlyDefault(const ast::Name& hook, const Standing& standing) {
  auto [first, added] = defaults_.emplace(std::pair(scopeAround(standing.placed.place), hook.text), standing.named.range);
  if (!added) emitter_.report(Kind::DefaultTwice, standing.named.range, hook.text).note(first->second, "the first");
  return added;
}

HookTable::OpenHook& HookTable::open(const btf::Hook& hook, btf::TargetMask mask) {
  for (const auto& open : hooks_)
    if (open->policy.hook.name == hook.name) return *open;
  hooks_.push_back(std::make_unique<OpenHook>());
  OpenHook& open = *hooks_.back();
  open.policy.hook = hook;
  open.policy.targets = mask;
  open.expressions = std::make_unique<ExpressionChecker>(scope_, input_.targets, open.policy, emitter_);
  return open;
}

policy::ExprPtr HookTable::condition(OpenHook& open, const Standing& standing) {
  const ast::On& on = *standing.placed.on;
  std::vector<const ast::Expr*> given = standing.conditions;
  std::vector<policy::ExprPtr> parts;
  for (const ast::Expr* around : conditionsAround(standing.placed.place)) given.push_back(around);
  if (const Place* scope = scopeAround(standing.placed.place)) parts.push_back(scopeCondition(open, scope, on.range));
  for (const ast::Expr* condition : standing.conditions) parts.push_back(groupCondition(open, *condition));
  if (on.when) {
    open.expressions->bind(standing.placed.place ? standing.placed.place->bindings : nullptr);
    parts.push_back(open.expressions->conditionGiven(*on.when, given));
    open.expressions->bind(nullptr);
  }
  if (parts.empty()) return boolean(on.range, policy::BoolConst{true});
  policy::ExprPtr result = parts.front();
  for (size_t i = 1; i < parts.size(); ++i) result = both(result, parts[i]);
  return result;
}

// Once for each hook, as scopes.
policy::ExprPtr HookTable::groupCondition(OpenHook& open, const ast::Expr& condition) {
  auto [known, added] = open.groups.emplace(&condition, nullptr);
  if (added) known->second = open.expressions->condition(condition);
  return known->second;
}

// Once for each hook and scope: rules of a scope share its tests, and a fault in it is one message.
policy::ExprPtr HookTable::scopeCondition(OpenHook& open, const Place* place, base::Range rule) {
  if (auto known = open.scopes.find(place); known != open.scopes.end()) return known->second;
  const Place* around = scopeAround(place->outer);
  policy::ExprPtr outer = around ? scopeCondition(open, around, rule) : nullptr;
  diag::Emitter::Apart apart(emitter_);
  InCalls calls(emitter_, place);
  Within within(emitter_, Within::Shown::NoteAt, rule, "for this rule of the scope");
  open.expressions->bind(place->bindings);
  policy::ExprPtr inner = open.expressions->conditionGiven(*place->scope->value, conditionsAround(place->outer));
  open.expressions->bind(nullptr);
  return open.scopes[place] = around ? both(outer, inner) : inner;
}

// A template's rule stands at the outermost call: that is the line of the policy's own file.
void HookTable::standAtCall(policy::Rule& rule, const Place* place) const {
  for (; place; place = place->outer) {
    if (!place->call) continue;
    rule.range = place->call->range;
    rule.text = foldedText(input_.sources, rule.range) + ": " + rule.text;
  }
  const base::SourceFile& file = input_.sources.file(rule.range.file);
  rule.file = file.name();
  rule.line = file.position(rule.range.begin).line;
}

// Twins in different scopes are different rules: an id does not hang on which of them comes first.
std::string HookTable::uniqueId(const policy::Rule& rule, const Place* place) {
  std::string text = rule.text;
  for (place = scopeAround(place); place; place = scopeAround(place->outer))
    text = foldedText(input_.sources, place->scope->range) + " " + text;
  std::string id = ruleId(text);
  uint32_t count = ++ids_[id];
  return count == 1 ? id : id + "-" + std::to_string(count);
}

void HookTable::warnOfCutOffs() const {
  for (const auto& open : hooks_) warnOfCutOffs(*open);
}

// An allow ends the search of the whole policy. The rules of a scope stand together, so what it cuts off is after the scope's last.
void HookTable::warnOfCutOffs(const OpenHook& open) const {
  std::map<const Place*, size_t> last;
  std::vector<size_t> denies;
  for (size_t i = 0; i < open.entries.size(); ++i) {
    for (const Place* place = open.entries[i].placed->place; place; place = place->outer) last[place] = i;
    const Entry& entry = open.entries[i];
    if (rules_[entry.rule].verdict == policy::Verdict::Deny && !entry.placed->on->is_default) denies.push_back(i);
  }
  for (const Entry& entry : open.entries) {
    const policy::Rule& rule = rules_[entry.rule];
    const Place* scope = scopeAround(entry.placed->place);
    if (!scope || rule.verdict != policy::Verdict::Allow) continue;
    auto cut = std::upper_bound(denies.begin(), denies.end(), last.at(scope));
    if (cut == denies.end()) continue;
    emitter_.report(Kind::AllowCutsOff, rule.range, open.policy.hook.name)
        .note(rules_[open.entries[*cut].rule].range, "this deny")
        .hint("move the deny before the scope: `allow` ends the search of the whole policy");
  }
}

// The library's attributes are ours: a fault in one is reported as such.
void HookTable::addEvents() {
  for (const auto& open : hooks_)
    for (std::string_view name : kEventAttributes) {
      const AttributeEntry* entry = scope_.attribute(name, open->policy.hook.name);
      if (!entry || !entry->library) continue;
      if (auto index = open->expressions->attribute(*entry, {})) open->policy.event_attributes.push_back(*index);
    }
}

std::vector<policy::HookPolicy> HookTable::takeHooks() {
  std::vector<policy::HookPolicy> result;
  for (const auto& open : hooks_) result.push_back(std::move(open->policy));
  return result;
}

}  // namespace lsmpc::check
