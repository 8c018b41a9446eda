// Groups of hooks: what a name in an `on` list stands for.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "compiler/check/check.h"
#include "compiler/check/scope.h"

namespace lsmpc::check {

// A hook of a group, with the conditions of the members that lead to it.
struct GroupHook {
  ast::Name hook;
  std::vector<const ast::Expr*> conditions;
  GroupEntry stands_in;  // the group that names the hook itself
};

class GroupTable {
 public:
  GroupTable(const Input& input, const Scope& scope, diag::Emitter& emitter) : input_(input), scope_(scope), emitter_(emitter) {}

  // Reports what is wrong with the declarations of `file`, whether a rule uses them or not.
  void check(const ast::File& file);
  // Null where the group has a fault, which has been reported.
  const std::vector<GroupHook>* hooks(const GroupEntry& group);

 private:
  bool checkMember(const ast::GroupMember& member);
  const std::vector<GroupHook>* expand(const GroupEntry& group, size_t level);
  bool join(const std::vector<GroupHook>& found, const ast::GroupMember& member, std::vector<GroupHook>& result);

  const Input& input_;
  const Scope& scope_;
  diag::Emitter& emitter_;
  std::map<const ast::Group*, std::vector<GroupHook>> hooks_;
  std::set<const ast::Group*> open_, faulty_;
};

}  // namespace lsmpc::check
