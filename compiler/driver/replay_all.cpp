#include "compiler/driver/replay_all.h"

#include <algorithm>
#include <bit>
#include <deque>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>

#include "compiler/driver/heap.h"
#include "compiler/driver/recorded.h"
#include "compiler/driver/subject.h"
#include "compiler/exercise/replay.h"
#include "compiler/policy/lookup.h"
#include "runtime/event_log.h"

namespace lsmpc::driver {
namespace {

using exercise::Answer;
using policy::Given;
using runtime::EventLine;

// Of all policies together.
struct Decision {
  const Subject* subject = nullptr;  // null: permitted
  Answer answer;
  bool executed = true;
};

// The same words for events that say the same of what a policy looks at.
std::string keyOf(const std::vector<Given>& given) {
  std::string key;
  for (const Given& one : given) {
    key += std::to_string(std::get<policy::AttributeRef>(one.key->node).index) + (one.values.empty() ? "?" : "=");
    for (const policy::ExprPtr& value : one.values) {
      if (auto* number = std::get_if<policy::IntConst>(&value->node)) key += policy::decimal(number->value);
      if (auto* text = std::get_if<policy::StringConst>(&value->node)) key += std::to_string(text->value.size()) + ":" + text->value;
      if (auto* ip = std::get_if<policy::IpConst>(&value->node)) key.append(ip->value.bytes.begin(), ip->value.bytes.end());
    }
    key += ';';
  }
  return key;
}

class Replayer {
 public:
  Replayer(const std::vector<Subject>& subjects, const btf::TargetSet& targets, Report& report, ReplayOutcome& outcome)
      : subjects_(subjects),
        report_(report),
        outcome_(outcome) {
    for (uint32_t i = 0; i < targets.size(); ++i) {
      types_.emplace_back(targets.raw(i));
      targets_.push_back({targets.name(i), i, types_.back()});
    }
  }

  void take(const EventLine& line) {
    std::string verdict = wordOf(line, "/verdict"), hook = wordOf(line, "/hook");
    if (verdict.empty() || hook.empty()) return takeOther(line);
    ++outcome_.events;
    bool refused = verdict == runtime::kVerdictNames[LSMP_VERDICT_DENY] || verdict == runtime::kVerdictNames[LSMP_VERDICT_KILL];
    const Decision& now = decide(line, hook);
    if (now.answer.unknown) return addUndecided(now, line);
    outcome_.by_text += !now.executed;
    if (now.subject) return addDenied(now, refused, line);
    ++(refused ? outcome_.permitted_newly : outcome_.permitted_still);
    if (refused) addPermitted(line);
  }

 private:
  void takeOther(const EventLine& line) {
    uint64_t missing = 0;
    for (const char* place : {"/lost", "/unwritten"})
      if (const EventLine* number = memberOf(line, place); number && number->is_number_unsigned()) missing += number->get<uint64_t>();
    outcome_.missing += missing;
    outcome_.left_out += missing == 0;
  }

  const Decision& decide(const EventLine& line, const std::string& hook) {
    std::vector<std::vector<Given>> given(subjects_.size());
    std::string key = hook;
    for (size_t i = 0; i < subjects_.size(); ++i) {
      if (const policy::HookPolicy* rules = policy::hookNamed(subjects_[i].policy, hook)) given[i] = givenOf(line, *rules);
      key += '\0' + keyOf(given[i]);
    }
    auto [found, is_new] = decisions_.try_emplace(key);
    for (size_t i = 0; is_new && i < subjects_.size() && !found->second.answer.rule; ++i) decideBy(i, hook, given[i], found->second);
    return found->second;
  }

  void decideBy(size_t index, const std::string& hook, const std::vector<Given>& given, Decision& decision) {
    const Subject& subject = subjects_[index];
    const policy::HookPolicy* rules = policy::hookNamed(subject.policy, hook);
    if (!rules) return;
    const exercise::Replay* replay = replayOf(index, static_cast<uint32_t>(std::countr_zero(rules->targets)));
    if (!replay) return;
    Answer answer = replay->answer(*rules, given);
    if (!answer.fault.empty()) report_.fail("an event on " + hook + " and `" + subject.path + "`: " + answer.fault, kOurBug);
    decision.executed &= answer.executed || answer.unknown.has_value();
    if (answer.rule || (answer.unknown && !decision.subject)) {
      decision.subject = &subject;
      decision.answer = std::move(answer);
    }
  }

  const exercise::Replay* replayOf(size_t index, uint32_t target) {
    auto [found, is_new] = replays_.try_emplace({index, target});
    if (!is_new) return found->second.get();
    const Subject& subject = subjects_[index];
    auto made = std::make_unique<exercise::Replay>(subject.policy, subject.object, subject.slots, targets_[target]);
    std::string wrong;
    if (made->good(wrong))
      found->second = std::move(made);
    else
      report_.fail("the object of `" + subject.path + "` cannot be loaded on " + targets_[target].name + ": " + wrong, kOurBug);
    return found->second.get();
  }

  void addDenied(const Decision& now, bool refused, const EventLine& line) {
    ++(refused ? outcome_.denied_still : outcome_.denied_newly);
    const policy::Rule& rule = now.subject->policy.rules[*now.answer.rule];
    auto [at, is_new] = denied_.try_emplace({now.subject, *now.answer.rule}, outcome_.denied.size());
    if (is_new) outcome_.denied.push_back({now.subject->policy.name, fileOf(rule), rule.id, rule.text, rule.line});
    DeniedNow& group = outcome_.denied[at->second];
    group.newly += !refused;
    group.seen.take(runtime::jsonText(line));
  }

  void addPermitted(const EventLine& line) {
    PermittedNow group{wordOf(line, "/policy"), wordOf(line, "/rule"), wordOf(line, "/source"), {}};
    auto [at, is_new] = permitted_.try_emplace({group.policy, group.id}, outcome_.permitted.size());
    if (is_new) outcome_.permitted.push_back(group);
    outcome_.permitted[at->second].seen.take(runtime::jsonText(line));
  }

  void addUndecided(const Decision& now, const EventLine& line) {
    ++outcome_.undecided;
    const policy::Rule& rule = now.subject->policy.rules[*now.answer.unknown];
    auto [at, is_new] = unsaid_.try_emplace({now.subject, *now.answer.unknown, now.answer.unsaid}, outcome_.unsaid.size());
    if (is_new) outcome_.unsaid.push_back({now.answer.unsaid, now.subject->policy.name, fileOf(rule), rule.id, rule.line});
    outcome_.unsaid[at->second].seen.take(runtime::jsonText(line));
  }

  std::string fileOf(const policy::Rule& rule) const { return report_.sources.file(rule.range.file).path(); }

  const std::vector<Subject>& subjects_;
  Report& report_;
  ReplayOutcome& outcome_;
  std::deque<relocate::Names> types_;
  std::deque<exercise::Target> targets_;
  std::map<std::pair<size_t, uint32_t>, std::unique_ptr<exercise::Replay>> replays_;  // by policy and target; null: cannot be loaded
  std::map<std::string, Decision> decisions_;
  std::map<std::pair<const Subject*, uint32_t>, size_t> denied_;  // into the outcome's lists
  std::map<std::pair<std::string, std::string>, size_t> permitted_;
  std::map<std::tuple<const Subject*, uint32_t, std::vector<std::string>>, size_t> unsaid_;
};

}  // namespace

void Sampled::take(const std::string& line) {
  if (!events++) sample = line;
}

ReplayOutcome replayAll(const std::string& events, const std::vector<std::string>& files, const btf::TargetSet& targets, Report& report) {
  reserveHeap(files);
  ReplayOutcome outcome;
  std::vector<Subject> subjects;
  for (const std::string& path : files) {
    emit::Finish finish = &path == &files.back() ? emit::Finish::Here : emit::Finish::InChild;
    if (auto subject = subjectOf(path, targets, {.finish = finish}, report)) subjects.push_back(std::move(*subject));
  }
  if (!report.isClean()) return outcome;
  Replayer replayer(subjects, targets, report, outcome);
  uint64_t unreadable = runtime::readLog(
      {events, "", {}}, [&](const EventLine& line) { replayer.take(line); },
      [&](const std::string& path, uint64_t number) {
        if (outcome.first_left_out.empty()) outcome.first_left_out = path + ":" + std::to_string(number);
      });
  outcome.left_out += unreadable;
  return outcome;
}

}  // namespace lsmpc::driver
