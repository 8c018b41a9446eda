#include "compiler/exercise/run.h"

#include "compiler/exercise/because.h"
#include "compiler/exercise/expect.h"
#include "compiler/exercise/host.h"
#include "compiler/exercise/story.h"
#include "compiler/judge/judge.h"
#include "compiler/materialise/exec.h"

namespace lsmpc::exercise {

using diag::Kind;

Run::Run(const policy::Policy& policy, const Target& target, const policy::Test& test, const policy::Case* row,
         std::unique_ptr<simulate::Loaded> host)
    : policy_(policy),
      target_(target),
      test_(test),
      row_(row),
      host_(std::move(host)) {
  for (uint32_t i = 0; i < test.tasks.size(); ++i) {
    said_.push_back(assumed(test, target.index));
    tasks_.push_back(makeTask(*host_, i));
  }
}

bool Run::fail(Failure failure) {
  failures_.push_back(std::move(failure));
  return false;
}

std::vector<Failure> Run::failures(Hits& hits, Conditions& conditions) {
  for (size_t i = 0; i < test_.steps.size(); ++i)
    if (!step(test_.steps[i], i + 1 == test_.steps.size(), hits, conditions)) break;
  return failures_;
}

bool Run::step(const policy::Step& step, bool last, Hits& hits, Conditions& conditions) {
  const policy::Case* row = last ? row_ : nullptr;
  materialise::Scene scene(*host_, step.hook, *policy_.types, tasks_[step.task]);
  judge::Said said = said_[step.task];
  if (step.kind == policy::StepKind::Exec) said.forget("script");  // that of the task's exec before
  for (const Call& call : callsOf(policy_, step, test_.member, said, said)) scene.prepare(*call.hook);
  if (step.kind == policy::StepKind::Fork) scene.putArgument("task", tasks_[step.child].task);
  if (!give(step, row, scene, said)) return false;
  if (!scene.tellPrograms()) return fail({Kind::RunFault, step.range, {scene.wrong()}});
  simulate::Acting acting = host_->tasks().actingAs(tasks_[step.task]);
  Watch watch(*host_, policy_, test_.member);
  auto outcome = act(step, scene, acting);
  if (outcome && !outcome->fault.empty()) return fail({Kind::RunFault, step.range, {outcome->fault}});
  Came came = watch.came(outcome.value_or(simulate::Outcome{}), acting, hits);
  std::vector<Call> calls = callsOf(policy_, step, test_.member, said, said_[step.task]);
  if (!sufficient(step, calls, acting, came, conditions)) return false;
  const policy::Expectation* expected = row ? &row->expected : step.expected ? &*step.expected : nullptr;
  if (!check(step, expected, calls, came)) return false;
  remember(step, said, came);
  return true;
}

// Of a row together with what the step gives: where a file is comes before what it has.
bool Run::give(const policy::Step& step, const policy::Case* row, materialise::Scene& scene, judge::Said& said) {
  const std::vector<policy::Given> none;
  for (const policy::Given* one : inOrder(step.given, step.hook, row ? row->given : none)) {
    std::string key = policy::print(*one->key, step.hook);
    judge::Value value = valueOf(*one, said);
    if (!bringAbout(*one, said, scene)) return fail({Kind::NotBroughtAbout, one->range, {key, scene.wrong()}});
    if (auto* attribute = std::get_if<policy::AttributeRef>(&one->key->node))
      said.say(policy::print(*step.hook.attributes[attribute->index].value, step.hook), value);
    if (one->of_task) said_[step.task].say(key, value);
    said.say(key, std::move(value));
  }
  return true;
}

std::optional<simulate::Outcome> Run::act(const policy::Step& step, materialise::Scene& scene, simulate::Acting& acting) {
  if (step.kind != policy::StepKind::Exec) {
    if (std::string fault = beginScript(*host_, scene, acting); !fault.empty()) return simulate::Outcome{.fault = fault};
    return host_->run(step.hook.hook.name, scene.arguments(argumentsOf(step.hook.hook, target_.index)), acting);
  }
  materialise::Exec exec{scene.argument("bprm", "linux_binprm"), scene.programs().asked.value_or("")};
  return materialise::execute(*host_, tasks_[step.task], exec, acting, simulate::Which::All);
}

// What the text cannot decide without, must be said.
bool Run::sufficient(const policy::Step& step, const std::vector<Call>& calls, const simulate::Acting& acting, const Came& came,
                     Conditions& conditions) {
  Answered answer = answerByText(policy_, calls, acting, conditions);
  if (answer.unknown)
    return fail({Kind::Unsaid, step.range, {answer.unsaid}, policy_.rules[*answer.unknown].range, "this rule asks for it"});
  return agree(came, answer.came) ||
         fail(explained({Kind::OtherThanItsText, step.range, {answerOf(came), answerOf(answer.came)}}, came, calls));
}

// "refuses by the rules of lines 3, 7 (deny EACCES)": of both sides of a difference, for who looks for our fault.
std::string Run::answerOf(const Came& came) const {
  std::string lines;
  for (uint32_t rule : came.rules) lines += (lines.empty() ? "" : ", ") + std::to_string(policy_.rules[rule].line);
  return std::string(came.value ? "refuses" : "permits") + (lines.empty() ? " by no rule" : " by the rules of lines " + lines) +
         (came.value ? " (" + verdictOf(came, policy_) + ")" : "") + (came.unresolved ? ", unresolved" : "");
}

Failure Run::explained(Failure failure, const Came& came, const std::vector<Call>& calls) const {
  if (!came.rule) return failure;
  failure.rule = policy_.rules[*came.rule].range;
  auto asks = [&](const Call& call) {
    return std::any_of(call.hook->rules.begin(), call.hook->rules.end(),
                       [&](const policy::HookRule& rule) { return rule.rule == *came.rule; });
  };
  auto call = std::find_if(calls.rbegin(), calls.rend(), asks);
  if (call == calls.rend()) return failure;
  failure.because =
      because(policy_.rules[*came.rule], *came.rule, *call->hook, call->said) + (came.unresolved ? "; its condition ended unresolved" : "");
  return failure;
}

bool Run::check(const policy::Step& step, const policy::Expectation* expected, const std::vector<Call>& calls, const Came& came) {
  std::vector<Difference> found;
  if (expected) found = differences(came, *expected, policy_);
  if (!expected && came.value) found.push_back({step.range, "allow", verdictOf(came, policy_)});
  for (Difference& difference : found)
    fail(explained({Kind::NotAsExpected, difference.range, {std::move(difference.expected), std::move(difference.got)}}, came, calls));
  return found.empty();
}

// An exec changes what the task runs; a child begins as its parent.
void Run::remember(const policy::Step& step, const judge::Said& said, const Came& came) {
  if (came.value != 0) return;
  if (step.kind == policy::StepKind::Exec) executed(said, said_[step.task]);
  if (step.kind == policy::StepKind::Fork) said_[step.child] = forked(said_[step.task]);
}

}  // namespace lsmpc::exercise
