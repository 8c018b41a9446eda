#include "compiler/check/assumption.h"

#include <map>

namespace lsmpc::check {
namespace {

using diag::Kind;
using policy::Presence;

constexpr std::string_view kSubjects = "a dynamic set, `user(\"…\")` or `group(\"…\")` stands before the `=`";

bool isUnresolved(const ast::Expr& value) { return presenceWord(value) == Presence::Unresolved; }

void assumeSet(const ast::SetDeclaration& set, const ast::Assumption& one, ExpressionChecker& expressions, policy::Test& result,
               diag::Emitter& emitter) {
  if (!set.max) {
    emitter.report(Kind::NotAssumed, one.subject->range, set.name.text)
        .note(set.name.range, "declared here")
        .hint("a set that can change while the policy is loaded is declared `dynamic max N`");
    return;
  }
  auto* elements = std::get_if<ast::SetLiteral>(&one.value->node);
  if (!elements && !isUnresolved(*one.value)) {
    emitter.report(Kind::NotASet, one.value->range, "`" + ast::print(*one.value) + "`").hint("elements stand in braces: { … }");
    return;
  }
  auto* first = std::get_if<ast::SetLiteral>(&set.value->node);
  auto made = expressions.dynamicHolding(set, elements ? *elements : *first, one.value->range);
  if (made) result.sets.push_back({one.range, *made, !elements});
}

void assumeAccount(const policy::ExprPtr& subject, const ast::Assumption& one, ExpressionChecker& expressions, policy::Test& result,
                   diag::Emitter& emitter) {
  policy::AssumedAccount assumed{one.range, std::get<policy::Account>(subject->node), {}};
  if (!isUnresolved(*one.value)) {
    policy::ExprPtr id = expressions.eventValue(subject, *one.value);
    if (!id) return;
    auto* number = std::get_if<policy::IntConst>(&id->node);
    if (!number) {
      emitter.report(Kind::NotConstant, one.value->range, "`" + ast::print(*one.value) + "`").hint("an id is a number");
      return;
    }
    assumed.id = static_cast<uint32_t>(number->value);
  }
  result.accounts.push_back(std::move(assumed));
}

}  // namespace

std::optional<Presence> presenceWord(const ast::Expr& value) {
  auto* path = std::get_if<ast::Path>(&value.node);
  if (!path || path->names.size() != 1) return std::nullopt;
  if (path->names[0].text == "absent") return Presence::Absent;
  return path->names[0].text == "unresolved" ? std::optional(Presence::Unresolved) : std::nullopt;
}

void checkAssumptions(const ast::Test& test, const Scope& scope, ExpressionChecker& expressions, policy::Test& result,
                      diag::Emitter& emitter) {
  std::map<std::string, base::Range> seen;
  for (const ast::Assumption& one : test.assumptions) {
    auto* path = std::get_if<ast::Path>(&one.subject->node);
    const ast::SetDeclaration* set = path && path->names.size() == 1 ? scope.set(path->names[0].text) : nullptr;
    policy::ExprPtr subject;
    if (!set) {
      if (!expressions.constantOnly(*one.subject, kSubjects) || !(subject = expressions.value(*one.subject))) continue;
      if (!std::holds_alternative<policy::Account>(subject->node)) {
        emitter.report(Kind::NotAssumed, one.subject->range, ast::print(*one.subject)).hint(std::string(kSubjects));
        continue;
      }
    }
    std::string name = set ? set->name.text : policy::print(std::get<policy::Account>(subject->node));
    auto [first, added] = seen.emplace(name, one.subject->range);
    if (!added)
      emitter.report(Kind::GivenTwice, one.subject->range, name).note(first->second, "the first");
    else if (set)
      assumeSet(*set, one, expressions, result, emitter);
    else
      assumeAccount(subject, one, expressions, result, emitter);
  }
}

}  // namespace lsmpc::check
