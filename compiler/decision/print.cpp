#include <algorithm>

#include "compiler/decision/texts.h"

namespace lsmpc::decision {
namespace {

constexpr size_t kMostShown = 64;  // elements of one set

constexpr std::string_view kTestNames[] = {"truth", "==", "<", "<=", ">", ">=", "in", "in", "has", "null", "class", "in", "in"};

std::string id(char kind, uint32_t number) { return kind + std::to_string(number); }

std::string operands(const Value& value) {
  std::string out;
  for (ValueId operand : value.operands) out += (out.empty() ? "" : ", ") + id('v', operand);
  return out;
}

std::string describe(const Value& value) {
  switch (value.op) {
    case ValueOp::Const: return "const " + policy::decimal(value.constant);
    case ValueOp::Argument: return "arg." + value.argument;
    case ValueOp::Field: return operands(value) + btf::textOf(value.field);
    case ValueOp::Builtin: return std::string(policy::info(value.builtin).spelling) + "(" + operands(value) + ")";
    case ValueOp::BitAnd: return id('v', value.operands[0]) + " & " + id('v', value.operands[1]);
    case ValueOp::BitOr: return id('v', value.operands[0]) + " | " + id('v', value.operands[1]);
    case ValueOp::If: return "if(n" + std::to_string(value.condition) + ", " + operands(value) + ")";
    case ValueOp::Exists: return "exists" + btf::textOf(value.field);
    case ValueOp::Account: return policy::print(value.account);
  }
  return "?";
}

std::string describe(const Test& test) {
  std::string left = id('v', test.left);
  std::string name(kTestNames[static_cast<size_t>(test.op)]);
  switch (test.op) {
    case TestOp::Truth: return left;
    case TestOp::Null: return left + " == null";
    case TestOp::Intervals:
    case TestOp::Cidrs: return left + " in " + elementsText(test, test.intervals.size() + test.cidrs.size());
    case TestOp::Mask: return left + (test.any ? " has any " : " has ") + std::to_string(test.mask);
    case TestOp::Class: return left + " ~ " + id('m', test.matcher) + ".p" + std::to_string(test.predicate);
    case TestOp::Listed: return left + " in " + id('s', test.set);
    case TestOp::InMap: return left + " in d" + std::to_string(test.set);
    default: return left + " " + name + " " + id('v', test.right);
  }
}

void printNode(const Program& program, NodeId node, size_t indent, std::string& out) {
  const Node& n = program.nodes[node];
  out.append(indent, ' ');
  switch (n.op) {
    case NodeOp::True: out += "true\n"; return;
    case NodeOp::False: out += "false\n"; return;
    case NodeOp::Test: out += describe(program.tests[n.test]) + "\n"; return;
    case NodeOp::Not: out += "not\n"; break;
    case NodeOp::And: out += "and\n"; break;
    case NodeOp::Or: out += "or\n"; break;
  }
  for (NodeId child : n.children) printNode(program, child, indent + 2, out);
}

void printValues(const Program& program, std::string& out) {
  for (ValueId v = 0; v < program.values.size(); ++v) {
    const Value& value = program.values[v];
    out += "  value " + id('v', v) + " = " + describe(value) + " : " + policy::print(value.type);
    if (value.cost != 0) out += " cost " + std::to_string(value.cost);
    out += (value.name.empty() ? "" : " # " + value.name) + "\n";
    if (value.op != ValueOp::If) continue;
    out += "    n" + std::to_string(value.condition) + " =\n";
    printNode(program, value.condition, 6, out);
  }
}

std::string patterns(const match::Predicate& predicate) {
  std::string out;
  for (const std::string& text : patternTexts(predicate, kMostShown)) out += " " + text;
  return out;
}

void printPredicates(const std::vector<match::Predicate>& predicates, std::string& out) {
  for (uint32_t p = 0; p < predicates.size(); ++p) out += "    p" + std::to_string(p) + " =" + patterns(predicates[p]) + "\n";
}

void printMatchers(const Program& program, std::string& out) {
  for (uint32_t m = 0; m < program.matchers.size(); ++m) {
    const Matcher& matcher = program.matchers[m];
    out += "  matcher " + id('m', m) + (matcher.alphabet == match::Alphabet::Path ? " path" : " string");
    out += " states " + std::to_string(matcher.dfa.states()) + " classes " + std::to_string(matcher.dfa.classes);
    out += " accepts " + std::to_string(matcher.dfa.accept_sets.size()) + "\n";
    printPredicates(matcher.predicates, out);
  }
}

void printSets(const std::vector<Set>& sets, std::string& out) {
  static constexpr std::string_view kKinds[] = {"strings", "intervals", "networks"};
  for (uint32_t s = 0; s < sets.size(); ++s) {
    out += "set " + id('s', s) + " " + std::to_string(sets[s].elements) + " " + std::string(kKinds[static_cast<size_t>(sets[s].kind)]);
    out += " words " + std::to_string(sets[s].words.size()) + ": " + sets[s].ends + "\n";
  }
}

void printMaps(const std::vector<Map>& maps, std::string& out) {
  for (uint32_t m = 0; m < maps.size(); ++m) {
    const policy::DynamicSet& set = maps[m].set;
    out += "dynamic " + id('d', m) + " " + set.name + " : " + set.type + " max " + std::to_string(set.max);
    out += " first " + std::to_string(set.first.size()) + "\n";
  }
}

std::string shownRule(const Decision& decision, uint32_t index) {
  const policy::Rule& rule = decision.policy.rules[index];
  return "rule " + std::to_string(index) + " line " + std::to_string(rule.line) + ": " + actionText(rule);
}

// Of a signed number the sign bit is turned over.
std::string number(match::Wide end, bool is_signed) {
  auto word = static_cast<uint64_t>(end);
  return policy::decimal(is_signed ? policy::Int{static_cast<int64_t>(word ^ uint64_t{1} << 63)} : policy::Int{word});
}

std::string address(match::Wide end) {
  ast::Address a{{}, end >> 32 == 0xffff};
  for (size_t i = 16; i-- > 0; end >>= 8) a.bytes[i] = static_cast<uint8_t>(end);
  return addressText(a);
}

std::string spans(const Table& table, const TableRow& row, bool is_signed) {
  auto text = [&](match::Wide end) { return table.kind == Table::Kind::Numbers ? number(end, is_signed) : address(end); };
  std::string out;
  size_t shown = std::min(row.spans.size(), kMostShown);
  for (size_t i = 0; i < shown; ++i) {
    const match::Span& span = row.spans[i];
    out += (i == 0 ? "" : ", ") + text(span.low) + (span.low == span.high ? "" : ".." + text(span.high));
  }
  if (shown < row.spans.size()) out += ", … " + std::to_string(row.spans.size() - shown) + " more";
  return " in {" + out + "}";
}

void printTable(const Decision& decision, const Program& program, uint32_t index, std::string& out) {
  const Table& table = program.tables[index];
  out += "  table " + id('t', index) + " of " + id('v', table.subject) + " rows " + std::to_string(table.rows.size()) + " words " +
         (table.bytes ? "0 states " + std::to_string(table.bytes->states()) : std::to_string(table.words.size())) +
         (table.kind == Table::Kind::Paths ? "" : " pieces " + std::to_string(table.pieces.pieces)) + "\n";
  for (size_t c = 1; c < table.conditions.size(); ++c) {
    out += "    c" + std::to_string(c) + (table.conditions[c].certain ? " when true\n" : " unless false\n");
    printNode(program, table.conditions[c].node, 6, out);
  }
  size_t shown = std::min(table.rows.size(), kMostShown);
  for (size_t r = 0; r < shown; ++r) {
    const TableRow& row = table.rows[r];
    out += "    " + shownRule(decision, row.rule) + (row.certain ? " when true" : " unless false");
    if (row.condition != 0) out += " c" + std::to_string(row.condition);
    bool is_signed = program.values[table.subject].type.is_signed;
    out += (table.kind == Table::Kind::Paths ? patterns(row.patterns) : spans(table, row, is_signed)) + "\n";
  }
  if (shown < table.rows.size()) out += "    … " + std::to_string(table.rows.size() - shown) + " more\n";
}

void printProgram(const Decision& decision, const Program& program, std::string& out) {
  out += "program " + program.hook.name + "\n";
  printValues(program, out);
  printMatchers(program, out);
  for (uint32_t t = 0; t < program.tables.size(); ++t) printTable(decision, program, t, out);
  size_t member = decision.policy.members.size();
  for (const Step& step : program.steps) {
    const policy::Rule& rule = decision.policy.rules[step.rule];
    if (!decision.policy.members.empty() && rule.member != member)
      out += "  of " + decision.policy.members[member = rule.member].name + "\n";
    if (step.table) {
      out += "  step table " + id('t', *step.table) + "\n";
      continue;
    }
    out += "  step " + shownRule(decision, step.rule) + (step.certain ? " when true\n" : " unless false\n");
    printNode(program, step.condition, 4, out);
  }
  for (const EventField& field : program.event_fields) out += "  event " + field.field + " = " + id('v', field.value) + "\n";
}

}  // namespace

std::string print(const Decision& decision) {
  std::string out = "decision " + decision.policy.name + " mode " + std::string(ast::spelling(decision.policy.mode)) + "\n";
  if (decision.facts.kept()) {
    out += "facts states " + std::to_string(decision.facts.dfa.states());
    out += std::string(decision.facts.scripts ? " scripts" : "") + (decision.facts.ancestors ? " ancestors" : "") +
           (decision.facts.steps ? " steps" : "") + "\n";
    printPredicates(decision.facts.predicates, out);
  }
  printSets(decision.sets, out);
  printMaps(decision.maps, out);
  for (const Program& program : decision.programs) printProgram(decision, program, out);
  return out;
}

}  // namespace lsmpc::decision
