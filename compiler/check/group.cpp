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
    reportUnknownHook(member.hook, input_.targets, scope_, emitter_);
    return false;
  }
  if (!member.when) return true;
  policy::HookPolicy alone;
  alone.hook = *hook;
  alone.targets = input_.targets.all() & hook->present;
  return ExpressionChecker(scope_, input_.targets, alone, emitter_).condition(*member.when) != nullptr;
}

const std::vector<GroupHook>* GroupTable::hooks(const GroupEntry& group) { return expand(group, 0); }

const std::vector<GroupHook>* GroupTable::expand(const GroupEntry& group, size_t level) {
  const ast::Group& declaration = *group.declaration;
  if (auto known = hooks_.find(&declaration); known != hooks_.end()) return &known->second;
  if (faulty_.contains(&declaration)) return nullptr;
  if (level > kMaxDepth || !open_.insert(&declaration).second) {
    Kind kind = level > kMaxDepth ? Kind::TooDeep : Kind::CircularName;
    emitter_.report(kind, declaration.name.range, level > kMaxDepth ? std::to_string(kMaxDepth) : declaration.name.text);
    faulty_.insert(&declaration);
    return nullptr;
  }
  std::vector<GroupHook> result;
  bool good = true;
  for (const ast::GroupMember& member : declaration.members) {
    const GroupEntry* inner = scope_.group(member.hook.text);
    const std::vector<GroupHook> alone = {{member.hook, {}, group}};
    const std::vector<GroupHook>* found = inner ? expand(*inner, level + 1) : &alone;
    if (found)
      good &= join(*found, member, result);
    else
      good = false;
  }
  open_.erase(&declaration);
  if (!good || faulty_.contains(&declaration)) return faulty_.insert(&declaration), nullptr;
  return &hooks_.emplace(&declaration, std::move(result)).first->second;
}

// The hooks of one member, with its condition. False, reported: one is there already.
bool GroupTable::join(const std::vector<GroupHook>& found, const ast::GroupMember& member, std::vector<GroupHook>& result) {
  bool good = true;
  for (GroupHook one : found) {
    if (member.when) one.conditions.push_back(member.when.get());
    auto same = std::find_if(result.begin(), result.end(), [&](const GroupHook& other) { return other.hook.text == one.hook.text; });
    if (same != result.end()) {
      emitter_.report(Kind::RepeatedHook, member.hook.range, one.hook.text, "group").note(same->hook.range, "the first");
      good = false;
    }
    result.push_back(std::move(one));
  }
  return good;
}

}  // namespace lsmpc::check
