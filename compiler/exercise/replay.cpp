#include "compiler/exercise/replay.h"

#include "compiler/exercise/came.h"
#include "compiler/exercise/host.h"
#include "compiler/exercise/story.h"
#include "compiler/materialise/scene.h"

namespace lsmpc::exercise {
namespace {

const policy::Test kNothingAssumed;  // sets as they are at first, accounts that nobody has looked up

}  // namespace

Replay::Replay(const policy::Policy& policy, const object::Object& object, const Slots& slots, const Target& target)
    : policy_(policy),
      object_(object),
      slots_(slots),
      target_(target),
      relocated_(relocate::relocateObject(object, target.types, wrong_)),
      sets_(policy::dynamicSetsOf(policy)) {}

bool Replay::good(std::string& wrong) const {
  wrong = wrong_;
  return relocated_.has_value();
}

Answer Replay::answer(const policy::HookPolicy& hook, const std::vector<policy::Given>& given) const {
  judge::Said said(target_.index);
  for (const policy::Given& one : given) said.say(policy::print(*one.key, hook), valueOf(one, said));
  judge::Judgement judgement = judge::judgeEvent(policy_, hook, said);
  Answer answer{.unknown = judgement.unknown, .unsaid = judgement.unsaid};
  if (answer.unknown) return answer;
  if (const policy::Rule* decided = judgement.decision(policy_); decided && policy::refuses(decided->verdict))
    answer.rule = judgement.matched.back().rule;
  execute(hook, given, judgement, said, answer);
  return answer;
}

void Replay::execute(const policy::HookPolicy& hook, const std::vector<policy::Given>& given, const judge::Judgement& judgement,
                     const judge::Said& said, Answer& answer) const {
  auto host = makeHost(object_, *relocated_, target_, slots_, sets_, kNothingAssumed);
  simulate::Task task = makeTask(*host, 0);
  materialise::Scene scene(*host, hook, *policy_.types, task);
  scene.prepare(hook);
  for (const policy::Given* one : inOrder(given, hook))
    if (!bringAbout(*one, said, scene)) return;
  if (!scene.tellPrograms()) return;
  simulate::Acting acting = host->tasks().actingAs(task);
  if (!beginScript(*host, scene, acting).empty()) return;
  Watch watch(*host, policy_, hook.member);
  auto outcome = host->run(hook.hook.name, scene.arguments(argumentsOf(hook.hook, target_.index)), acting);
  if (!outcome) return;
  Hits hits;
  Came came = watch.came(*outcome, acting, hits);
  answer.executed = true;
  if (!outcome->fault.empty())
    answer.fault = outcome->fault;
  else if (!agree(came, byText(judgement, policy_, acting)))
    answer.fault = "the compiled code and the text of the rules disagree";
}

}  // namespace lsmpc::exercise
