// What each hook's program computes: values loaded when first needed, three-valued tests on them, steps in order.
// Mechanical to lower: nothing is left to decide.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "compiler/match/dfa.h"
#include "compiler/match/interval_rows.h"
#include "compiler/match/path_automaton.h"
#include "compiler/policy/policy.h"

namespace lsmpc::decision {

using ValueId = uint32_t;
using TestId = uint32_t;
using NodeId = uint32_t;

enum class ValueOp : uint8_t { Const, Argument, Field, Builtin, BitAnd, BitOr, If, Exists, Account };

// Operands have lower ids. Evaluated at most once an event, when first needed.
struct Value {
  ValueOp op;
  policy::Type type;
  std::vector<ValueId> operands;  // If: {then, else}
  policy::Int constant = 0;
  std::string argument;  // Argument; 0 in a variant that has none of this name
  btf::FieldPath field;  // Field, Exists
  policy::Builtin builtin{};
  policy::Account account;  // Account
  uint32_t index = 0;       // Account: its place in Decision::accounts
  uint32_t rule = 0;        // Account: the first that asks for it
  NodeId condition = 0;     // If
  uint32_t cost = 0;        // instructions on 6.1, with its operands
  std::string name;         // the attribute it stands for, or ""
};

enum class TestOp : uint8_t { Truth, Equal, Less, LessEqual, Greater, GreaterEqual, Intervals, Cidrs, Mask, Null, Class, Listed, InMap };
inline bool isComparison(TestOp op) { return op >= TestOp::Equal && op <= TestOp::GreaterEqual; }

struct Test {
  TestOp op;
  ValueId left = 0;
  ValueId right = 0;  // comparisons
  std::vector<policy::Interval> intervals;
  std::vector<ast::Cidr> cidrs;  // also == on ip, as /32 or /128
  uint64_t mask = 0;
  bool any = false;
  uint32_t matcher = 0;  // Class: predicate `predicate` of matcher `matcher` holds for value `left`
  uint32_t predicate = 0;
  uint32_t set = 0;  // Listed: `left` is an element of Decision::sets[set]; InMap: of Decision::maps[set]
};

enum class NodeOp : uint8_t { True, False, Test, Not, And, Or };

// Kleene logic. An absent value makes its test false; an unresolved one makes it unresolved.
struct Node {
  NodeOp op;
  TestId test = 0;
  std::vector<NodeId> children;  // And, Or: first what decides most for what it costs
};

// Of one alphabet a program has one, or up to four where one automaton would be too large.
struct Matcher {
  match::Alphabet alphabet;
  std::vector<match::Predicate> predicates;
  match::Dfa dfa;
};

struct Step {
  uint32_t rule;  // into Policy::rules; of a table its first row's
  NodeId condition;
  bool certain = false;           // matches when the condition is true; else when it is not false
  std::optional<uint32_t> table;  // in place of the condition: into Program::tables
};

// What rows of a table demand beside what it looks for.
struct TableCondition {
  NodeId node;
  bool certain;  // as a step's
  bool operator==(const TableCondition&) const = default;
};
constexpr size_t kMaxConditions = 64;

struct TableRow {
  uint32_t rule;  // into Policy::rules
  uint8_t condition, action;
  bool certain;
  match::Predicate patterns;       // of a path
  std::vector<match::Span> spans;  // of a number (as 64 bits in order of size) or an address; disjoint, maybe none
};

// Rules that follow one another, decide and look at the same value, as one search: the first row decides whose pattern or span fits and whose condition
// matches. Where the value is unresolved that is the first that is not certain and whose condition matches; where it is absent, none.
struct Table {
  enum class Kind : uint8_t { Paths, Numbers, Networks } kind;
  ValueId subject;
  std::vector<TableCondition> conditions;  // at most kMaxConditions; the first is true
  std::vector<uint32_t> actions;           // of the rules that do the same, one
  std::vector<TableRow> rows;
  std::vector<uint64_t> words;      // runtime/abi/path_layout.h, interval_layout.h; its rules are rows
  match::PathSizes sizes;           // Paths: of those words
  std::optional<match::Dfa> bytes;  // Paths, few of them: searched by an automaton on bytes in place of words; its predicates are rows
  match::IntervalSizes pieces;      // the others
};

struct EventField {
  std::string field;  // of struct lsmp_event (event_fields.def)
  ValueId value;
};

struct Program {
  btf::Hook hook;
  btf::TargetMask targets = 0;
  std::vector<Value> values;
  std::vector<Test> tests;
  std::vector<Node> nodes;
  std::vector<Matcher> matchers;
  std::vector<Table> tables;
  std::vector<Step> steps;
  std::vector<EventField> event_fields;
};

// What is asked of programs by their paths, kept for each task as one bit a predicate (stdlib/bpf/facts.bpf.c).
struct Facts {
  std::vector<match::Predicate> predicates;  // at most kMaxFacts
  match::Dfa dfa;                            // empty without predicates
  bool scripts = false;                      // of scripts, too
  bool ancestors = false;                    // of what a task descends from, too
  bool steps = false;                        // which file of its chain an exec has come to

  bool kept() const { return !predicates.empty() || steps; }
};
constexpr size_t kMaxFacts = 64;

// A large set: data to be searched, once for all programs that ask for the same elements (runtime/abi/set_layout.h).
struct Set {
  enum class Kind : uint8_t { Strings, Numbers, Networks } kind;
  uint32_t elements = 0;  // strings, or intervals
  std::string ends;       // its first and last, to be read
  std::vector<uint64_t> words;
};

// A dynamic set: a map that the loader fills; unresolved until then.
struct Map {
  Set::Kind kind;
  policy::DynamicSet set;
  uint32_t rule;  // into Policy::rules: the first that asks for it
};

// What the loader looks up on its host; unresolved until then.
struct Account {
  policy::Account account;
  uint32_t rule;  // into Policy::rules: the first that asks for it
};

struct Decision {
  policy::Policy policy;          // names, rules, targets, types, source
  std::vector<Program> programs;  // one per hook
  Facts facts;
  std::vector<Account> accounts;
  std::vector<Set> sets;
  std::vector<Map> maps;
};

std::string print(const Decision& decision);  // `--emit=decision`
// What is wrong with it, or "": run after plan in every build.
std::string verify(const Decision& decision);

// Whether a path that only the rule's event shows is had by a call that is small but slow: of a refusal, which is rare, and where too many rules would
// have it each for itself.
bool showsByProbes(const Decision& decision, const Program& program, uint32_t rule);

}  // namespace lsmpc::decision
