// What a policy says of itself: tests, which give events and what they must end in, and asserts, which hold for every event.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/ast/expr.h"

namespace lsmpc::ast {

struct EventField {  // path: "/etc/passwd"
  Range range;
  ExprPtr key;
  ExprPtr value;
};
enum class OutcomeKind : uint8_t {
#define LSMPC_OUTCOME(kind, spelling) kind,
#include "compiler/ast/outcomes.def"
};
struct Outcome {
  Range range;
  OutcomeKind kind;
  std::optional<Name> code;            // deny E, kill SIG: a name or a number as text
  std::optional<std::string> message;  // audit "…"
};
struct Expectation {  // expect deny EACCES audit "…"
  Range range;
  std::vector<Outcome> outcomes;  // at least one
};
// given file_open as web { … } expect deny
struct Step {
  Range range;
  Name hook;                 // or `exec`, `fork`
  std::optional<Name> task;  // as NAME
  std::vector<EventField> fields;
  std::optional<Expectation> expected;
};
// cases { path, exe } { "/etc/passwd", "/usr/bin/vim" } expect deny …
struct Case {
  Range range;
  std::vector<ExprPtr> values;
  Expectation expected;
};
struct CaseTable {
  Range range;
  std::vector<ExprPtr> keys;
  std::vector<Case> rows;
};
struct Assumption {  // blocked = { 10.0.0.1 }, user("nginx") = 33
  Range range;
  ExprPtr subject;
  ExprPtr value;
};
// test "…" with … given … expect …
struct Test {
  Range range;
  Name name;  // without quotes
  std::vector<Assumption> assumptions;
  std::vector<Step> steps;         // at least one
  std::optional<CaseTable> cases;  // they complete the last step
};

// assert "…" never allow file_open when …
struct Assertion {
  Range range;
  Name name;  // without quotes
  Range claim_range;
  bool always = false;  // else never
  bool allow = false;   // else deny
  std::vector<Name> hooks;
  bool if_present = false;
  ExprPtr when;  // null: always
};

std::string_view spelling(OutcomeKind kind);

}  // namespace lsmpc::ast
