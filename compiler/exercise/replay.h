// What a policy answers to an event of which only a part is known: a record of one that has happened.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "compiler/exercise/exercise.h"
#include "compiler/judge/judge.h"

namespace lsmpc::exercise {

struct Answer {
  std::optional<uint32_t> rule;     // the one that refuses; nothing: permitted
  std::optional<uint32_t> unknown;  // the rule of which it cannot be said whether it matches: no answer
  std::vector<std::string> unsaid;  // by what of the event
  bool executed = false;            // the compiled code answered, too; else the host could not be made so
  std::string fault;                // where the two disagree, or the code went wrong
};

// The object on hosts of one target, a new one for each event. All outlive it.
class Replay {
 public:
  Replay(const policy::Policy& policy, const object::Object& object, const Slots& slots, const Target& target);
  // False, and why: the object cannot be loaded there.
  bool good(std::string& wrong) const;

  // `given`: keys of the hook's own attributes. The task is one of whose past nothing is known.
  Answer answer(const policy::HookPolicy& hook, const std::vector<policy::Given>& given) const;

 private:
  void execute(const policy::HookPolicy& hook, const std::vector<policy::Given>& given, const judge::Judgement& judgement,
               const judge::Said& said, Answer& answer) const;

  const policy::Policy& policy_;
  const object::Object& object_;
  const Slots& slots_;
  const Target& target_;
  std::string wrong_;
  std::optional<relocate::Relocated> relocated_;
  std::map<std::string, std::shared_ptr<const policy::DynamicSet>> sets_;
};

}  // namespace lsmpc::exercise
