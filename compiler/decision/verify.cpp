#include "compiler/decision/decision.h"
#include "runtime/abi/path_layout.h"

namespace lsmpc::decision {
namespace {

// Checks one program; the first fault stays.
class Verifier {
 public:
  Verifier(const Decision& decision, const Program& program) : decision_(decision), program_(program) {}

  std::string run() {
    for (NodeId n = 0; n < program_.nodes.size(); ++n) checkNode(n);
    for (TestId t = 0; t < program_.tests.size(); ++t) checkTest(t);
    if (fault_.empty())
      for (ValueId v = 0; v < program_.values.size(); ++v) checkValue(v);
    for (const Matcher& matcher : program_.matchers) checkMatcher(matcher);
    for (const Step& step : program_.steps) {
      expect(step.rule < decision_.policy.rules.size(), "a step names a rule that is not there");
      expect(step.condition < program_.nodes.size(), "a step names a node that is not there");
      expect(!step.table || *step.table < program_.tables.size(), "a step names a table that is not there");
    }
    for (const Table& table : program_.tables) checkTable(table);
    for (const EventField& field : program_.event_fields)
      expect(field.value < program_.values.size(), "event field " + field.field + " names a value that is not there");
    return fault_.empty() ? "" : "program " + program_.hook.name + ": " + fault_;
  }

 private:
  bool expect(bool holds, std::string text) {
    if (!holds && fault_.empty()) fault_ = std::move(text);
    return holds;
  }

  void checkNode(NodeId id) {
    const Node& node = program_.nodes[id];
    std::string name = "node " + std::to_string(id);
    for (NodeId child : node.children) expect(child < id, name + " has a child that comes after it");
    size_t count = node.children.size();
    switch (node.op) {
      case NodeOp::True:
      case NodeOp::False: expect(count == 0, name + " is a constant with children"); break;
      case NodeOp::Test: expect(count == 0 && node.test < program_.tests.size(), name + " names no test"); break;
      case NodeOp::Not: expect(count == 1, name + " negates not exactly one"); break;
      default: expect(count >= 2, name + " joins fewer than two"); break;
    }
  }

  void checkTest(TestId id) {
    const Test& test = program_.tests[id];
    std::string name = "test " + std::to_string(id);
    if (!expect(test.left < program_.values.size(), name + " names no value")) return;
    const Value& left = program_.values[test.left];
    if (isComparison(test.op)) {
      if (!expect(test.right < program_.values.size(), name + " names no right value")) return;
      expect(isText(left.type) == isText(program_.values[test.right].type), name + " compares a string with a number");
    }
    if (test.op == TestOp::Cidrs) expect(left.type.kind == policy::TypeKind::Ip, name + " looks for a network in no ip");
    if (test.op == TestOp::Listed || test.op == TestOp::InMap) checkListed(test, left, name);
    if (test.op != TestOp::Class) return;
    expect(isText(left.type), name + " matches a value that is no string");
    if (!expect(test.matcher < program_.matchers.size(), name + " names no matcher")) return;
    const Matcher& matcher = program_.matchers[test.matcher];
    expect(test.predicate < matcher.predicates.size(), name + " names no predicate");
    expect((left.type.kind == policy::TypeKind::Path) == (matcher.alphabet == match::Alphabet::Path),
           name + " has a matcher of the other alphabet");
  }

  void checkListed(const Test& test, const Value& left, const std::string& name) {
    bool is_map = test.op == TestOp::InMap;
    if (!expect(test.set < (is_map ? decision_.maps.size() : decision_.sets.size()), name + " names no set")) return;
    Set::Kind kind = is_map ? decision_.maps[test.set].kind : decision_.sets[test.set].kind;
    bool network = left.type.kind == policy::TypeKind::Ip, text = isText(left.type);
    expect(kind == (text ? Set::Kind::Strings : network ? Set::Kind::Networks : Set::Kind::Numbers), name + " has a set of another kind");
  }

  void checkValue(ValueId id) {
    const Value& value = program_.values[id];
    std::string name = "value " + std::to_string(id);
    for (ValueId operand : value.operands) expect(operand < id, name + " has an operand that comes after it");
    size_t count = value.operands.size();
    switch (value.op) {
      case ValueOp::Const:
      case ValueOp::Exists: expect(count == 0, name + " is a constant with operands"); break;
      case ValueOp::Account: expect(count == 0 && isKnown(value), name + " is an account that is not there"); break;
      case ValueOp::Argument: expect(count == 0 && !value.argument.empty(), name + " names no argument"); break;
      case ValueOp::Field: expect(count == 1 && !value.field.steps.empty(), name + " follows no member"); break;
      case ValueOp::Builtin: checkCall(value, name); break;
      case ValueOp::BitAnd:
      case ValueOp::BitOr: expect(count == 2, name + " joins not exactly two"); break;
      case ValueOp::If:
        if (expect(count == 2 && value.condition < program_.nodes.size(), name + " chooses between not exactly two"))
          checkCondition(value.condition, id);
        break;
    }
  }

  bool isKnown(const Value& value) const {
    return value.index < decision_.accounts.size() && decision_.accounts[value.index].account == value.account;
  }

  void checkCall(const Value& value, const std::string& name) {
    int arity = policy::info(value.builtin).arity;
    expect(arity < 0 || value.operands.size() == static_cast<size_t>(arity), name + " has operands of another builtin");
    expect(value.builtin != policy::Builtin::Either && value.builtin != policy::Builtin::If, name + " is unresolved by plan");
  }

  // The condition of an `if` stands on earlier values only: otherwise a value could wait for itself.
  void checkCondition(NodeId node, ValueId before) {
    const Node& n = program_.nodes[node];
    for (NodeId child : n.children) checkCondition(child, before);
    if (n.op != NodeOp::Test) return;
    const Test& test = program_.tests[n.test];
    expect(test.left < before && (!isComparison(test.op) || test.right < before),
           "value " + std::to_string(before) + " chooses by a value that comes after it");
  }

  void checkMatcher(const Matcher& matcher) { checkDfa(matcher.dfa, matcher.predicates.size()); }

  void checkDfa(const match::Dfa& dfa, size_t predicates) {
    expect(dfa.states() >= 2 && dfa.classes >= 1, "a matcher has no automaton");
    expect(dfa.transitions.size() == size_t{dfa.states()} * dfa.classes, "a matcher's table has another size");
    for (uint8_t c : dfa.byte_class) expect(c < dfa.classes, "a byte has no class");
    for (uint32_t next : dfa.transitions) expect(next < dfa.states(), "a matcher leaves its table");
    for (uint32_t a : dfa.accept) expect(a < dfa.accept_sets.size(), "a state accepts an unknown set");
    for (const auto& ids : dfa.accept_sets)
      for (uint32_t predicate : ids) expect(predicate < predicates, "a set holds an unknown predicate");
    expect(!dfa.accept_sets.empty() && dfa.accept_sets[0].empty(), "accept set 0 is not empty");
  }

  static bool fits(Table::Kind table, policy::TypeKind value) {
    switch (table) {
      case Table::Kind::Paths: return value == policy::TypeKind::Path;
      case Table::Kind::Networks: return value == policy::TypeKind::Ip;
      default: return value == policy::TypeKind::Int || value == policy::TypeKind::Flags;
    }
  }

  void checkOnBytes(const Table& table) {
    checkDfa(*table.bytes, table.rows.size());
    expect(table.words.empty() && table.conditions.size() == 1, "a table on bytes has more than paths");
  }

  void checkTable(const Table& table) {
    expect(table.subject < program_.values.size() && fits(table.kind, program_.values[table.subject].type.kind),
           "a table looks at a value of another kind");
    size_t header = table.kind == Table::Kind::Paths ? size_t{LSMP_PATH_HEADER_WORDS} : 1;
    expect(!table.rows.empty() && (table.bytes || table.words.size() > header), "a table is empty");
    if (table.bytes) checkOnBytes(table);
    expect(!table.conditions.empty() && table.conditions.size() <= kMaxConditions, "a table has no conditions, or too many");
    expect(table.actions.size() <= kMaxConditions, "a table has too many actions");
    for (const TableCondition& one : table.conditions) expect(one.node < program_.nodes.size(), "a table names a node that is not there");
    for (uint32_t rule : table.actions) expect(rule < decision_.policy.rules.size(), "a table does what a rule does that is not there");
    for (const TableRow& row : table.rows) {
      expect(row.rule < decision_.policy.rules.size() && row.action < table.actions.size(), "a row names a rule that is not there");
      expect(row.condition < table.conditions.size(), "a row names a condition that is not there");
    }
  }

  const Decision& decision_;
  const Program& program_;
  std::string fault_;
};

}  // namespace

std::string verify(const Decision& decision) {
  if (decision.facts.predicates.size() > kMaxFacts) return "more facts than bits";
  if (decision.facts.kept() && decision.facts.dfa.states() < 2) return "facts without an automaton";
  for (const Program& program : decision.programs)
    if (std::string fault = Verifier(decision, program).run(); !fault.empty()) return fault;
  return "";
}

}  // namespace lsmpc::decision
