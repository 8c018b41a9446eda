#include "compiler/check/group.h"

#include <algorithm>

#include "compiler/check/expression.h"
#include "compiler/check/rule.h"

namespace lsmpc::check {

using diag::Kind;

namespace {

constexpr size_t kMaxDepth = 200;

}  // namespace

void GroupTable::check(const ast::File& file) {
  for (const ast::Statement& statement : file.statements) {
    auto* group = std::get_if<ast::Group>(&statement);
    if (!group) continue;
    for (const ast::GroupMember& member : group->members)
      if (!checkMember(member)) faulty_.insert(group);
    hooks({group, false});
  }
}

// A hook of a kernel that is no target may stand in a group: rules say `if present`.
bool GroupTable::checkMember(const ast::GroupMember& member) {
  const btf::Hook* hook = input_.targets.hook(member.hook.text);
  if (const GroupEntry* group = scope_.group(member.hook.text)) {
    if (!member.when) return true;
    emitter_.report(Kind::GroupCondition, member.when->range, member.hook.text)
        .note(group->declaration->name.range, "declared here")
        .hint("name its hooks, each with the condition");
    return false;
  }
  if (!hook && input_.known_hooks.contains(member.hook.text)) return true;
  if (!hook) {
    reportUnknownHook(member.hook, input_.targets, emitter_);
    return false;
  }
  if (!member.when) return true;
  policy::HookPolicy alone;
  alone.hook = *hook;
  alone.targets = input_.targets.all() & hook->present;
  return ExpressionChecker(scope_, input_.targets, alone, emitter_).condition(*member.when) != nullptr;
}

const std::vector<GroupHook>* GroupTable::hooks(const GroupEntry& group) {
  std::vector<GroupHook> ignored;
  return expand(group, 0, ignored) ? &hooks_.at(group.declaration) : nullptr;
}

bool GroupTable::expand(const GroupEntry& group, size_t level, std::vector<GroupHook>& result) {
  const ast::Group& declaration = *group.declaration;
  if (auto known = hooks_.find(&declaration); known != hooks_.end()) {
    result = known->second;
    return true;
  }
  if (faulty_.contains(&declaration)) return false;
  if (level > kMaxDepth || !open_.insert(&declaration).second) {
    Kind kind = level > kMaxDepth ? Kind::TooDeep : Kind::CircularName;
    emitter_.report(kind, declaration.name.range, level > kMaxDepth ? std::to_string(kMaxDepth) : declaration.name.text);
    faulty_.insert(&declaration);
    return false;
  }
  bool good = true;
  for (const ast::GroupMember& member : declaration.members) {
    std::vector<GroupHook> found;
    if (const GroupEntry* inner = scope_.group(member.hook.text))
      good &= expand(*inner, level + 1, found);
    else
      found.push_back({member.hook, {}, group});
    for (GroupHook& one : found) {
      if (member.when) one.conditions.push_back(member.when.get());
      auto same = std::find_if(result.begin(), result.end(), [&](const GroupHook& other) { return other.hook.text == one.hook.text; });
      if (same != result.end()) {
        emitter_.report(Kind::RepeatedHook, member.hook.range, one.hook.text, "group").note(same->hook.range, "the first");
        good = false;
      }
      result.push_back(std::move(one));
    }
  }
  open_.erase(&declaration);
  if (!good || faulty_.contains(&declaration)) return faulty_.insert(&declaration), false;
  hooks_.emplace(&declaration, result);
  return true;
}

}  // namespace lsmpc::check
