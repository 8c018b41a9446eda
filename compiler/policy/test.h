// The typed form of `test`: events in their order, what each gives, what each must end in. It changes nothing of the policy's rules.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/base/source.h"
#include "compiler/policy/expr.h"
#include "compiler/policy/rule.h"

namespace lsmpc::policy {

enum class Presence : uint8_t { Value, Absent, Unresolved };

// What an event says of one attribute or raw field.
struct Given {
  base::Range range;
  // On Step::hook: an AttributeRef, or a chain of Fields from an Argument or from the acting task (what is text: in text_of).
  ExprPtr key;
  bool of_task = false;  // of the acting task, on every hook: it holds for that task's later steps, until one says otherwise
  Presence presence = Presence::Value;
  base::Range value_range;
  // Constants of the key's type: IntConst, BoolConst, StringConst, IpConst, Account; a null pointer is IntConst 0. One, but of
  // `ancestor.exe` all the programs before.
  std::vector<ExprPtr> values;
};

struct ExpectedVerdict {
  base::Range range;
  Verdict verdict = Verdict::Allow;  // Allow: permitted, by a rule or because none decides
  int errno_value = 0;               // with Deny and Kill
  std::string errno_name;
  int signal_value = 0;  // with Kill
  std::string signal_name;
};
struct ExpectedEvent {
  base::Range range;
  std::optional<std::string> message;  // nothing: any event
};
// What is not said is not looked at.
struct Expectation {
  base::Range range;
  std::optional<ExpectedVerdict> verdict;
  std::vector<ExpectedEvent> events;      // each is made
  std::optional<base::Range> quiet;       // no event is made
  std::optional<base::Range> unresolved;  // a rule matched because its condition ended unresolved
};

enum class StepKind : uint8_t {
#define LSMPC_STEP_KIND(kind, word, hook) kind,
#include "compiler/policy/step_kinds.def"
};
std::string_view spelling(StepKind kind);
std::string_view hookOf(StepKind kind);
StepKind stepKindOf(std::string_view word);  // after `given`; Call for hooks

struct Step {
  base::Range range;
  StepKind kind = StepKind::Call;
  HookPolicy hook;     // without rules: the attributes that the step gives and those they are made of, in a list of its own
  uint32_t task = 0;   // into Test::tasks: who acts
  uint32_t child = 0;  // of a Fork: the new task
  std::vector<Given> given;
  std::optional<Expectation> expected;  // of the last step always, but for cases; nothing: it must be permitted
};

struct TestTask {
  std::string name;                // "" where no step names it
  std::optional<uint32_t> parent;  // the task that forked it; nothing: it is no other's child
};

// Each runs all steps anew, with `given` besides what the last one gives.
struct Case {
  base::Range range;
  uint32_t line = 0;
  std::vector<Given> given;
  Expectation expected;
};

struct AssumedSet {  // what a dynamic set holds instead of its first elements
  base::Range range;
  DynamicSet set;
  bool unresolved = false;
};
struct AssumedAccount {
  base::Range range;
  Account account;
  std::optional<uint32_t> id;  // nothing: unresolved
};

struct Test {
  uint32_t member = 0;  // into Policy::members, of a bundle
  std::string name;
  base::Range name_range;
  base::Range range;
  std::string file;
  uint32_t line = 0;
  btf::TargetMask targets = 0;  // those that have all its hooks and members. None: no steps, it cannot run
  std::vector<AssumedSet> sets;
  std::vector<AssumedAccount> accounts;
  std::vector<TestTask> tasks;
  std::vector<Step> steps;
  std::vector<Case> cases;  // empty: it runs once
};

}  // namespace lsmpc::policy
