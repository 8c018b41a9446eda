#include "compiler/check/test.h"

#include <map>
#include <memory>
#include <string>

#include "compiler/check/assumption.h"
#include "compiler/check/rule.h"
#include "compiler/check/step.h"
#include "compiler/check/title.h"
#include "runtime/match/suggest.h"

namespace lsmpc::check {
namespace {

using diag::Kind;
using policy::StepKind;

// The hook that a step gives attributes of, under the step's own place.
ast::Name hookNamed(const ast::Step& step) {
  StepKind kind = policy::stepKindOf(step.hook.text);
  return kind == StepKind::Call ? step.hook : ast::Name{std::string(policy::hookOf(kind)), step.hook.range};
}

class TestChecker {
 public:
  TestChecker(const ast::Test& written, const Input& input, const Scope& scope, diag::Emitter& emitter)
      : written_(written),
        input_(input),
        scope_(scope),
        emitter_(emitter) {}

  policy::Test run() {
    place(written_, input_.sources, test_);
    policy::HookPolicy none;
    none.targets = test_.targets = input_.targets.all();
    ExpressionChecker expressions(scope_, input_.targets, none, emitter_);
    checkAssumptions(written_, scope_, expressions, test_, emitter_);
    shape();
    if (!findHooks()) return std::move(test_);
    for (size_t i = 0; i < written_.steps.size(); ++i) step(written_.steps[i], *hooks_[i]);
    if (written_.cases) cases(*written_.cases);
    for (auto& one : steps_) test_.targets &= one->step().hook.targets;
    for (auto& one : steps_)
      if (test_.targets != 0) test_.steps.push_back(std::move(one->step()));
    return std::move(test_);
  }

 private:
  // The last step says what it ends in: itself, or each of its cases.
  void shape() {
    const ast::Step& last = written_.steps.back();
    if (written_.cases && last.expected)
      emitter_.report(Kind::ExpectedBeforeCases, last.expected->range).note(written_.cases->keys.front()->range, "the cases");
    if (!written_.cases && !last.expected)
      emitter_.report(Kind::NothingExpected, last.range).hint("end it with `expect allow`, `expect deny E` or the like");
  }

  // False where a hook is none, reported, or none of the targets has it.
  bool findHooks() {
    bool good = true;
    for (const ast::Step& step : written_.steps) {
      ast::Name name = hookNamed(step);
      const GroupEntry* group = scope_.group(name.text);
      const btf::Hook* hook = input_.targets.hook(name.text);
      if (group && !hook)
        refuseGroup(name, *group);
      else if (hook || !input_.known_hooks.contains(name.text))
        hook = usableHook(name, input_.targets, scope_, false, emitter_);
      test_.targets &= hook ? hook->present : 0;
      good &= hook != nullptr;
      hooks_.push_back(hook);
    }
    return good;
  }

  void refuseGroup(const ast::Name& name, const GroupEntry& group) {
    std::vector<std::string> members;
    for (const ast::GroupMember& member : group.declaration->members) members.push_back(member.hook.text);
    emitter_.report(Kind::GroupInTest, name.range, name.text).hint("it holds " + match::quotedList(members, 6));
  }

  void step(const ast::Step& written, const btf::Hook& hook) {
    steps_.push_back(std::make_unique<StepChecker>(written, hook, input_.targets.all() & hook.present, input_, scope_, emitter_));
    steps_.back()->check();
    tasks(written, steps_.back()->step());
  }

  // Without `as` the task of the step before acts on; of a fork that is the new one.
  void tasks(const ast::Step& written, policy::Step& step) {
    bool forks = step.kind == StepKind::Fork;
    if (test_.tasks.empty() && (forks || !written.task)) test_.tasks.push_back({});
    step.task = acting_;
    if (forks) {
      step.child = acting_ = static_cast<uint32_t>(test_.tasks.size());
      test_.tasks.push_back({written.task ? written.task->text : "", step.task});
      if (written.task && !names_.emplace(written.task->text, std::pair(acting_, written.task->range)).second)
        emitter_.report(Kind::TaskTwice, written.task->range, written.task->text).note(names_.at(written.task->text).second, "the first");
    } else if (written.task) {
      auto [known, added] = names_.emplace(written.task->text, std::pair(test_.tasks.size(), written.task->range));
      if (added) test_.tasks.push_back({written.task->text, {}});
      step.task = acting_ = static_cast<uint32_t>(known->second.first);
    }
  }

  void cases(const ast::CaseTable& table) {
    StepChecker& last = *steps_.back();
    if (!last.caseKeys(table)) return;
    for (const ast::Case& row : table.rows)
      if (auto one = last.caseOf(row, table)) test_.cases.push_back(std::move(*one));
  }

  const ast::Test& written_;
  const Input& input_;
  const Scope& scope_;
  diag::Emitter& emitter_;
  policy::Test test_;
  std::vector<const btf::Hook*> hooks_;  // of the steps
  std::vector<std::unique_ptr<StepChecker>> steps_;
  std::map<std::string, std::pair<size_t, base::Range>> names_;  // of tasks
  uint32_t acting_ = 0;
};

}  // namespace

std::vector<policy::Test> checkTests(const ast::File& file, const Input& input, const Scope& scope, diag::Emitter& emitter) {
  std::vector<policy::Test> result;
  Titles titles;
  for (const ast::Statement& statement : file.statements) {
    auto* test = std::get_if<ast::Test>(&statement);
    if (!test) continue;
    addTitle(test->name, "test", titles, emitter);
    result.push_back(TestChecker(*test, input, scope, emitter).run());
  }
  return result;
}

}  // namespace lsmpc::check
