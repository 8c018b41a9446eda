// For the tests of plan: policies judged from their expression trees, and planned programs as lowering computes them. The two share only the
// pattern reference; values are present, absent or unresolved.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <optional>

#include "compiler/decision/decision.h"
#include "compiler/match/path_lookup.h"
#include "test/unit/plan_policy.h"

namespace lsmpc::policy {

using Tri = std::optional<bool>;  // null: unresolved
using match::Wide;

// One event: numbers by argument name, the two paths. Unresolved and absent values are marked.
struct Known {
  enum class State { Present, Absent, Unresolved } state = State::Present;
  Int number = 0;
  std::string text;
};
struct Event {
  std::map<std::string, Known> arguments;
  Known paths[2];
};

inline Tri onState(const Known& value, bool answer) {
  if (value.state == Known::State::Unresolved) return std::nullopt;
  return value.state == Known::State::Present && answer;
}

inline Tri both(Tri a, Tri b) {
  if (a == false || b == false) return false;
  return a && b ? Tri(true) : std::nullopt;
}
inline Tri negate(Tri a) { return a ? Tri(!*a) : a; }
inline Tri any(Tri a, Tri b) { return negate(both(negate(a), negate(b))); }

inline Tri compare(ast::BinaryOp op, const Known& a, const Known& b) {
  if (a.state == Known::State::Absent || b.state == Known::State::Absent) {
    bool unresolved = a.state == Known::State::Unresolved || b.state == Known::State::Unresolved;
    return unresolved ? Tri() : Tri(false);
  }
  if (a.state == Known::State::Unresolved || b.state == Known::State::Unresolved) return std::nullopt;
  switch (op) {
    case ast::BinaryOp::Equal: return a.number == b.number;
    case ast::BinaryOp::Less: return a.number < b.number;
    case ast::BinaryOp::LessEqual: return a.number <= b.number;
    case ast::BinaryOp::Greater: return a.number > b.number;
    default: return a.number >= b.number;
  }
}

inline bool inIntervals(const std::vector<Interval>& intervals, Int x) {
  for (const Interval& i : intervals)
    if (i.low <= x && x <= i.high) return true;
  return false;
}

inline Wide wordsOf(const ast::Address& address) {
  Wide all = 0;
  for (uint8_t byte : address.bytes) all = all << 8 | byte;
  return all;
}

inline bool inNetworks(const std::vector<ast::Cidr>& networks, Int address) {
  for (const ast::Cidr& one : networks) {
    unsigned host = one.address.v4 ? 32u - one.prefix : 128u - one.prefix;
    if (host == 128 || static_cast<Wide>(address) >> host == wordsOf(one.address) >> host) return true;
  }
  return false;
}

// The policy as the language's rules say it.
class Oracle {
 public:
  Oracle(const HookPolicy& hook, const Event& event, int side, bool swapped) : hook_(hook), event_(event), side_(side), swapped_(swapped) {}

  Tri truth(const ExprPtr& e) const {
    if (auto* x = std::get_if<BoolConst>(&e->node)) return x->value;
    if (auto* x = std::get_if<Not>(&e->node)) return negate(truth(x->operand));
    if (auto* x = std::get_if<Logic>(&e->node))
      return x->is_and ? policy::both(truth(x->left), truth(x->right)) : policy::any(truth(x->left), truth(x->right));
    if (auto* x = std::get_if<Compare>(&e->node)) return compare(x->op, known(x->left), known(x->right));
    if (auto* x = std::get_if<InIntervals>(&e->node)) return onState(known(x->value), inIntervals(x->intervals, known(x->value).number));
    if (auto* x = std::get_if<InCidrs>(&e->node)) return onState(known(x->value), inNetworks(x->cidrs, known(x->value).number));
    if (auto* x = std::get_if<Has>(&e->node)) {
      uint64_t bits = static_cast<uint64_t>(known(x->value).number) & x->mask;
      return onState(known(x->value), x->any ? bits != 0 : bits == x->mask);
    }
    auto& x = std::get<Matches>(e->node);
    Known subject = known(x.value);
    bool holds = false;
    auto alphabet = x.value->type.kind == TypeKind::Path ? match::Alphabet::Path : match::Alphabet::String;
    for (const match::Pattern& p : x.patterns) holds = holds || match::matches(p, alphabet, subject.text);
    return onState(subject, holds);
  }

 private:
  Known known(const ExprPtr& e) const {
    if (auto* x = std::get_if<IntConst>(&e->node)) return {Known::State::Present, x->value, ""};
    if (auto* x = std::get_if<Argument>(&e->node)) return event_.arguments.at(x->name);
    auto& ref = std::get<AttributeRef>(e->node);  // 0 old_path, 1 new_path, 2 path, 3 comm
    if (ref.index == 3) return event_.arguments.at("task");
    uint32_t path = ref.index == 2 ? static_cast<uint32_t>(side_) : ref.index;
    return event_.paths[swapped_ ? 1 - path : path];
  }

  const HookPolicy& hook_;
  const Event& event_;
  int side_;
  bool swapped_;
};

// The program as lowering will compute it.
class Machine {
 public:
  Machine(const decision::Program& program, const Event& event, const std::vector<decision::Set>& sets = {})
      : program_(program),
        event_(event),
        sets_(sets) {}

  Tri node(decision::NodeId id) const {
    const decision::Node& n = program_.nodes[id];
    switch (n.op) {
      case decision::NodeOp::True: return true;
      case decision::NodeOp::False: return false;
      case decision::NodeOp::Test: return test(program_.tests[n.test]);
      case decision::NodeOp::Not: return negate(node(n.children[0]));
      default: break;
    }
    bool is_and = n.op == decision::NodeOp::And;
    Tri result = is_and;
    for (decision::NodeId child : n.children) result = is_and ? both(result, node(child)) : any(result, node(child));
    return result;
  }

  // The row of the table that decides. Its automaton says the same as its patterns do.
  std::optional<uint32_t> row(const decision::Table& table) const {
    uint64_t holding = 0;
    for (size_t i = 0; i < table.conditions.size(); ++i) {
      Tri truth = node(table.conditions[i].node);
      if (table.conditions[i].certain ? truth == true : truth != false) holding |= uint64_t{1} << i;
    }
    Known subject = value(table.subject);
    if (subject.state == Known::State::Absent) return std::nullopt;
    bool resolved = subject.state == Known::State::Present;
    std::optional<uint32_t> first;
    for (uint32_t i = 0; i < table.rows.size() && !first; ++i) {
      const decision::TableRow& row = table.rows[i];
      bool matches = resolved ? fits(table, row, subject) : !row.certain;
      if (matches && holding >> row.condition & 1) first = i;
    }
    if (resolved) {
      EXPECT_EQ(looked(table, subject, holding), first) << subject.text << decimal(subject.number);
      // Lowering judges conditions only where some row may match.
      EXPECT_TRUE(!first || table.kind == decision::Table::Kind::Paths || looked(table, subject, ~uint64_t{0}));
    }
    return first;
  }

 private:
  // As it is in the words.
  Wide wordOf(const decision::Table& table, const Known& subject) const {
    if (table.kind == decision::Table::Kind::Networks) return static_cast<Wide>(subject.number);
    return static_cast<uint64_t>(subject.number) ^ (program_.values[table.subject].type.is_signed ? uint64_t{1} << 63 : 0);
  }

  bool fits(const decision::Table& table, const decision::TableRow& row, const Known& subject) const {
    auto by = [&](const match::Pattern& one) { return match::matches(one, match::Alphabet::Path, subject.text); };
    if (table.kind == decision::Table::Kind::Paths) return std::any_of(row.patterns.begin(), row.patterns.end(), by);
    Wide word = wordOf(table, subject);
    return std::any_of(row.spans.begin(), row.spans.end(), [&](const match::Span& one) { return one.low <= word && word <= one.high; });
  }

  std::optional<uint32_t> looked(const decision::Table& table, const Known& subject, uint64_t holding) const {
    switch (table.kind) {
      case decision::Table::Kind::Paths: return match::lookupPath(table.words, subject.text, holding).rule;
      case decision::Table::Kind::Numbers: return match::rowOfNumber(table.words, static_cast<uint64_t>(wordOf(table, subject)), holding);
      default: return match::rowOfAddress(table.words, wordOf(table, subject), holding);
    }
  }

  Known value(decision::ValueId id) const {
    const decision::Value& v = program_.values[id];
    if (v.op == decision::ValueOp::Const) return {Known::State::Present, v.constant, ""};
    if (v.op == decision::ValueOp::Argument) return event_.arguments.at(v.argument);
    if (v.builtin == Builtin::Comm) return event_.arguments.at("task");
    return event_.paths[program_.values[v.operands[0]].argument == "old_dir" ? 0 : 1];
  }

  Tri test(const decision::Test& t) const {
    Known left = value(t.left);
    switch (t.op) {
      case decision::TestOp::Equal: return compare(ast::BinaryOp::Equal, left, value(t.right));
      case decision::TestOp::Less: return compare(ast::BinaryOp::Less, left, value(t.right));
      case decision::TestOp::LessEqual: return compare(ast::BinaryOp::LessEqual, left, value(t.right));
      case decision::TestOp::Greater: return compare(ast::BinaryOp::Greater, left, value(t.right));
      case decision::TestOp::GreaterEqual: return compare(ast::BinaryOp::GreaterEqual, left, value(t.right));
      case decision::TestOp::Intervals: return onState(left, inIntervals(t.intervals, left.number));
      case decision::TestOp::Mask: {
        uint64_t bits = static_cast<uint64_t>(left.number) & t.mask;
        return onState(left, t.any ? bits != 0 : bits == t.mask);
      }
      case decision::TestOp::Cidrs: return onState(left, inNetworks(t.cidrs, left.number));
      case decision::TestOp::Listed: return onState(left, isListed(t, left));
      case decision::TestOp::Class: {
        const auto& holding = program_.matchers[t.matcher].dfa.run(left.text);
        return onState(left, std::count(holding.begin(), holding.end(), t.predicate) != 0);
      }
      default: ADD_FAILURE() << "a test that no expression here makes"; return false;
    }
  }

  bool isListed(const decision::Test& t, const Known& left) const {
    const decision::Set& set = sets_[t.set];
    if (set.kind == decision::Set::Kind::Networks) return match::holdsAddress(set.words, static_cast<Wide>(left.number));
    bool is_signed = program_.values[t.left].type.is_signed;
    return match::holdsNumber(set.words, static_cast<uint64_t>(left.number) ^ (is_signed ? uint64_t{1} << 63 : 0));
  }

  const decision::Program& program_;
  const Event& event_;
  std::vector<decision::Set> sets_;
};

// The rules that match, in order, up to the first that decides: from their expressions, and from the planned program.
inline std::vector<uint32_t> matchedByRules(const Policy& policy, const Event& event) {
  std::vector<uint32_t> matched;
  for (const HookRule& rule : policy.hooks[0].rules) {
    Verdict verdict = policy.rules[rule.rule].verdict;
    Tri truth = Oracle(policy.hooks[0], event, 0, false).truth(rule.condition);
    if (verdict == Verdict::Allow || policy.unresolved_allow ? truth != true : truth == false) continue;
    matched.push_back(rule.rule);
    if (verdict != Verdict::None) break;
  }
  return matched;
}

inline std::vector<uint32_t> matchedByProgram(const decision::Decision& decision, const Event& event) {
  std::vector<uint32_t> matched;
  const decision::Program& program = decision.programs[0];
  Machine machine(program, event, decision.sets);
  for (const decision::Step& step : program.steps) {
    if (step.table) {
      const decision::Table& table = program.tables[*step.table];
      auto row = machine.row(table);
      if (!row) continue;
      matched.push_back(table.rows[*row].rule);
      break;
    }
    Tri truth = machine.node(step.condition);
    if (step.certain ? truth != true : truth == false) continue;
    matched.push_back(step.rule);
    if (decision.policy.rules[step.rule].verdict != Verdict::None) break;
  }
  return matched;
}

inline bool doTheSame(const Rule& one, const Rule& other) {
  return one.verdict == other.verdict && one.quiet == other.quiet && (one.verdict != Verdict::Deny || one.errno_value == other.errno_value);
}

}  // namespace lsmpc::policy
