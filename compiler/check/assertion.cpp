#include "compiler/check/assertion.h"

#include <map>
#include <memory>
#include <string>

#include "compiler/check/expression.h"
#include "compiler/check/rule.h"
#include "compiler/check/title.h"

namespace lsmpc::check {
namespace {

using diag::Kind;
using Within = diag::Emitter::Within;

policy::ExprPtr boolean(base::Range range, decltype(policy::Expr::node) node) {
  return std::make_shared<policy::Expr>(policy::Expr{{.kind = policy::TypeKind::Bool}, range, std::move(node)});
}

class AssertionChecker {
 public:
  AssertionChecker(const ast::Assertion& written, const Input& input, const Scope& scope, GroupTable& groups, diag::Emitter& emitter)
      : written_(written),
        input_(input),
        scope_(scope),
        groups_(groups),
        emitter_(emitter) {}

  policy::Assertion run() {
    place(written_, input_.sources, assertion_);
    assertion_.permits = written_.always == written_.allow;
    assertion_.claim = std::string(written_.always ? "always" : "never") + (written_.allow ? " allow" : " deny");
    assertion_.claim_range = written_.claim_range;
    for (const ast::Name& name : written_.hooks) {
      const GroupEntry* group = scope_.group(name.text);
      if (group && !input_.targets.hook(name.text))
        addGroup(name, *group);
      else
        addHook(name, name, {}, true);
    }
    return std::move(assertion_);
  }

 private:
  // Of a group of the library those hooks that the targets have: it holds the right ones for each.
  void addGroup(const ast::Name& named, const GroupEntry& group) {
    const auto* hooks = groups_.hooks(group);
    if (!hooks) return;
    Within within(emitter_, Within::Shown::MoveTo, named.range, "in this group", written_.range);
    size_t before = assertion_.hooks.size();
    for (const GroupHook& hook : *hooks) addHook(hook.hook, named, hook.conditions, !hook.stands_in.library);
    if (assertion_.hooks.size() == before && group.library && !written_.if_present)
      emitter_.report(Kind::HookNotOnTarget, named.range, named.text, input_.targets.names(input_.targets.all()));
  }

  void addHook(const ast::Name& name, const ast::Name& named, const std::vector<const ast::Expr*>& conditions, bool everywhere) {
    auto [first, added] = seen_.emplace(name.text, named.range);
    if (!added) {
      emitter_.report(Kind::RepeatedHook, named.range, name.text, "assert").note(first->second, "the first");
      return;
    }
    const btf::Hook* hook = input_.targets.hook(name.text);
    if (!hook && written_.if_present && input_.known_hooks.contains(name.text)) return;
    hook = usableHook(name, input_.targets, scope_, !everywhere, emitter_);
    if (!hook) return;
    if (!assertion_.permits && !canRefuse(*hook, named.range, written_.claim_range, false, emitter_)) return;
    btf::TargetMask missing = input_.targets.all() & ~hook->present;
    if (missing != 0 && everywhere && !written_.if_present) {
      emitter_.report(Kind::HookNotOnTarget, named.range, name.text, input_.targets.names(missing))
          .hint("`" + name.text + " if present` claims nothing of the targets that lack it");
      return;
    }
    policy::AssertedHook asserted;
    asserted.range = named.range;
    asserted.hook.hook = *hook;
    asserted.hook.targets = input_.targets.all() & hook->present;
    if ((asserted.condition = condition(asserted.hook, conditions))) assertion_.hooks.push_back(std::move(asserted));
  }

  policy::ExprPtr condition(policy::HookPolicy& hook, std::vector<const ast::Expr*> parts) {
    ExpressionChecker expressions(scope_, input_.targets, hook, emitter_);
    if (written_.when) parts.push_back(written_.when.get());
    policy::ExprPtr whole;
    for (size_t i = 0; i < parts.size(); ++i) {
      policy::ExprPtr part = expressions.conditionGiven(*parts[i], {parts.begin(), parts.begin() + static_cast<ptrdiff_t>(i)});
      if (!part) return nullptr;
      whole = whole ? boolean(part->range, policy::Logic{true, whole, part}) : part;
    }
    return whole ? whole : boolean(written_.range, policy::BoolConst{true});
  }

  const ast::Assertion& written_;
  const Input& input_;
  const Scope& scope_;
  GroupTable& groups_;
  diag::Emitter& emitter_;
  policy::Assertion assertion_;
  std::map<std::string, base::Range> seen_;
};

}  // namespace

std::vector<policy::Assertion> checkAssertions(const ast::File& file, const Input& input, const Scope& scope, GroupTable& groups,
                                               diag::Emitter& emitter) {
  std::vector<policy::Assertion> result;
  Titles titles;
  for (const ast::Statement& statement : file.statements) {
    auto* assertion = std::get_if<ast::Assertion>(&statement);
    if (!assertion) continue;
    addTitle(assertion->name, "assert", titles, emitter);
    result.push_back(AssertionChecker(*assertion, input, scope, groups, emitter).run());
  }
  return result;
}

}  // namespace lsmpc::check
