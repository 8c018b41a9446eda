#include "compiler/exercise/calls.h"

#include "compiler/judge/judge.h"
#include "compiler/materialise/exec.h"
#include "compiler/policy/lookup.h"

namespace lsmpc::exercise {
namespace {

using judge::Known;
using judge::Value;

constexpr const char *kPath = "path", *kScript = "script", *kStep = "exec.step", *kInterpreter = "interpreter";

// Attributes that tell the calls of one exec apart: of the file that was asked for, or of the program that runs in the end.
Call execCall(const materialise::ExecCall& call, const policy::HookPolicy& hook, bool script, const judge::Said& said,
              const judge::Said& task) {
  Call own{&hook, call.asked ? task : said, call.asked ? " of the file that is asked for" : ""};
  if (const Value* asked = said.of(script ? kScript : kPath)) {
    own.said.say(kScript, *asked);
    if (call.asked) own.said.say(kPath, *asked);
  }
  bool first = call.asked || !script;
  own.said.say(kStep, {.known = Known::Value, .number = first ? 0 : 1});
  if (first) own.said.say(kInterpreter, {.known = Known::Value, .texts = {""}});
  return own;
}

}  // namespace

std::vector<Call> callsOf(const policy::Policy& policy, const policy::Step& step, uint32_t member, const judge::Said& said,
                          const judge::Said& task) {
  std::vector<Call> calls;
  if (step.kind != policy::StepKind::Exec) {
    if (const policy::HookPolicy* hook = policy::hookNamed(policy, step.hook.hook.name, member)) calls.push_back({hook, said, ""});
    return calls;
  }
  const Value* asked = said.of(kScript);
  bool script = asked && (asked->known != Known::Value || asked->texts != std::vector<std::string>{""});
  for (const materialise::ExecCall& call : materialise::execCalls(script))
    if (const policy::HookPolicy* hook = policy::hookNamed(policy, call.hook, member))
      calls.push_back(execCall(call, *hook, script, said, task));
  return calls;
}

Answered answerByText(const policy::Policy& policy, const std::vector<Call>& calls, const simulate::Acting& acting,
                      Conditions& conditions) {
  Answered answer;
  for (const Call& call : calls) {
    judge::Judgement judgement = judge::judgeEvent(policy, *call.hook, call.said, witnessOf(conditions));
    if ((answer.unknown = judgement.unknown)) {
      for (const std::string& name : judgement.unsaid) answer.unsaid += (answer.unsaid.empty() ? "`" : ", `") + name + "`";
      answer.unsaid += call.of;
      return answer;
    }
    add(byText(judgement, policy, acting), answer.came);
    if (answer.came.value) break;
  }
  return answer;
}

}  // namespace lsmpc::exercise
