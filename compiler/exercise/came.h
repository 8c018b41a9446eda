// What a step came to on the simulated kernel, read from what the policy's programs left in their maps. Of a bundle: what one member's rules came to.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/exercise/exercise.h"
#include "compiler/judge/judge.h"
#include "compiler/simulate/loaded.h"

namespace lsmpc::exercise {

struct Came {
  int64_t value = 0;  // what the hook's programs returned
  int signal = 0;     // that they sent to the acting task
  bool unresolved = false;
  std::vector<std::string> messages;  // of each event, "" for one without
  std::vector<uint32_t> rules;        // that matched, ascending
  std::vector<uint32_t> open;         // of these those whose condition ended unresolved
  std::optional<uint32_t> rule;       // of these the one that decided, or else recorded last
};

// What the text of the rules says that it should come to, but for the messages: how many a rule makes its rate says too.
Came byText(const judge::Judgement& judgement, const policy::Policy& policy, const simulate::Acting& acting);
// What comes after it: of the same step.
void add(const Came& more, Came& came);
bool agree(const Came& code, const Came& text);

class Watch {
 public:
  // Of what comes from now on: what was counted and recorded before is forgotten.
  Watch(simulate::Loaded& host, const policy::Policy& policy, uint32_t member);
  Came came(const simulate::Outcome& outcome, const simulate::Acting& acting, Hits& hits);

 private:
  bool isOurs(uint32_t rule) const { return policy_.members.empty() || policy_.rules[rule].member == member_; }
  void takeOwn(Came& came) const;

  const policy::Policy& policy_;
  uint32_t member_;
  simulate::Map* events_;
  uint8_t* hits_;  // a struct lsmp_rule_hits for each rule; a simulation has one processor, so that only the first bank is written
};

}  // namespace lsmpc::exercise
