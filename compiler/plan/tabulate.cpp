#include "compiler/plan/tabulate.h"

#include <algorithm>

namespace lsmpc::plan {
namespace {

using namespace decision;
using Kind = Table::Kind;

bool mayBeOnBytes(const Table& table) {
  size_t rows = table.rows.size();
  return table.kind == Kind::Paths && table.conditions.size() == 1 && rows >= kFewestOnBytes && rows <= kMostOnBytes;
}

bool isWorth(const Table& table) {
  return mayBeOnBytes(table) || table.rows.size() >= (table.kind == Kind::Paths ? kFewestPaths : kFewestNumbers);
}

// What judges a condition does it for all rows that have it.
int64_t sparedBy(size_t rows, size_t conditions) { return static_cast<int64_t>(rows) - static_cast<int64_t>(conditions); }
int64_t sparedBy(const Table& table) { return sparedBy(table.rows.size(), table.conditions.size()); }

class Tabulator {
 public:
  Tabulator(Program& program, const RowTests& tests, const policy::Policy& policy) : program_(program), tests_(tests), policy_(policy) {}

  std::optional<TableExcess> run() {
    std::vector<Step> kept;
    for (size_t begin = 0, end = 0; begin < program_.steps.size(); begin = end) {
      Table table = bestFrom(begin);
      end = begin + std::max<size_t>(table.rows.size(), 1);
      excess_.reset();
      bool placed = isWorth(table) && build(table, begin, end);
      if (excess_ && end - begin > kMostBesideTables) return excess_;
      if (placed) {
        kept.push_back({program_.steps[begin].rule, Graph::kTrue, false, static_cast<uint32_t>(program_.tables.size())});
        program_.tables.push_back(std::move(table));
      } else {
        kept.insert(kept.end(), program_.steps.begin() + static_cast<ptrdiff_t>(begin),
                    program_.steps.begin() + static_cast<ptrdiff_t>(end));
      }
    }
    program_.steps = std::move(kept);
    return std::nullopt;
  }

 private:
  struct Extent {
    size_t rows, conditions, actions;
  };

  const policy::Rule& ruleOf(const Step& step) const { return policy_.rules[step.rule]; }

  // Of the tables that can begin with the step, the one that spares most.
  Table bestFrom(size_t begin) {
    Table best{};
    auto rank = [](const Table& table) { return std::pair(isWorth(table), sparedBy(table)); };
    for (ValueId subject : tests_.subjects(program_.steps[begin].condition)) {
      Table table = runFrom(begin, subject);
      if (best.rows.empty() || rank(table) > rank(best)) best = std::move(table);
    }
    return best;
  }

  // The steps from `begin` on that one table can hold; without those from whose first on a table of another value spares more.
  Table runFrom(size_t begin, ValueId subject) {
    Extent best{};
    Table table = wholeRun(begin, subject, best);
    if (table.kind == Kind::Paths || best.rows == table.rows.size()) return table;
    int64_t rest = sparedBy(table.rows.size() - best.rows, table.conditions.size() - best.conditions);
    for (ValueId other : tests_.subjects(program_.steps[begin + best.rows].condition)) {
      if (other == subject) continue;
      Extent unused{};
      Table instead = wholeRun(begin + best.rows, other, unused);
      if (!isWorth(instead) || sparedBy(instead) <= rest) continue;
      table.rows.resize(best.rows);
      table.conditions.resize(best.conditions);
      table.actions.resize(best.actions);
      break;
    }
    return table;
  }

  // `best`: as far as it spares most.
  Table wholeRun(size_t begin, ValueId subject, Extent& best) {
    Table table{.subject = subject, .conditions = {{Graph::kTrue, false}}};
    int64_t spared = INT64_MIN;
    for (size_t end = begin; end < program_.steps.size() && addRow(table, begin, end); ++end) {
      if (sparedBy(table) <= spared) continue;
      spared = sparedBy(table);
      best = {table.rows.size(), table.conditions.size(), table.actions.size()};
    }
    return table;
  }

  bool addRow(Table& table, size_t begin, size_t at) {
    const Step& step = program_.steps[at];
    const policy::Rule& rule = ruleOf(step);
    if (rule.verdict == policy::Verdict::None || rule.rate.limits() || rule.member != ruleOf(program_.steps[begin]).member) return false;
    auto apart = tests_.takeApart(step.condition, table.subject);
    if (!apart) return false;
    table.kind = apart->test.kind;
    TableCondition condition{apart->rest, apart->rest != Graph::kTrue && step.certain};
    size_t number = placeOf(table.conditions, condition), action = actionOf(table, step.rule);
    if (std::max(number, action) >= kMaxConditions) return false;
    if (number == table.conditions.size()) table.conditions.push_back(condition);
    if (action == table.actions.size()) table.actions.push_back(step.rule);
    table.rows.push_back({step.rule, static_cast<uint8_t>(number), static_cast<uint8_t>(action), step.certain,
                          std::move(apart->test.patterns), std::move(apart->test.spans)});
    return true;
  }

  static size_t placeOf(const std::vector<TableCondition>& conditions, const TableCondition& one) {
    return static_cast<size_t>(std::find(conditions.begin(), conditions.end(), one) - conditions.begin());
  }

  size_t actionOf(const Table& table, uint32_t rule) const {
    const policy::Rule& one = policy_.rules[rule];
    auto isSame = [&](uint32_t other_rule) {
      const policy::Rule& other = policy_.rules[other_rule];
      return one.verdict == other.verdict && one.errno_value == other.errno_value && one.signal_value == other.signal_value &&
             one.event == other.event && one.quiet == other.quiet;
    };
    return static_cast<size_t>(std::find_if(table.actions.begin(), table.actions.end(), isSame) - table.actions.begin());
  }

  bool isAskedBeside(ValueId subject, size_t begin, size_t end) const {
    for (size_t i = 0; i < program_.steps.size(); ++i)
      if ((i < begin || i >= end) && asks(program_.steps[i].condition, subject)) return true;
    return false;
  }

  bool asks(NodeId id, ValueId subject) const {
    const Node& node = program_.nodes[id];
    if (node.op == NodeOp::Test) {
      const Test& test = program_.tests[node.test];
      return test.left == subject || (isComparison(test.op) && test.right == subject);
    }
    return std::any_of(node.children.begin(), node.children.end(), [&](NodeId child) { return asks(child, subject); });
  }

  bool build(Table& table, size_t begin, size_t end) {
    if (table.kind != Kind::Paths) return buildIntervals(table);
    if (mayBeOnBytes(table) && !isAskedBeside(table.subject, begin, end) && buildOnBytes(table)) return true;
    return table.rows.size() >= kFewestPaths && buildPaths(table);
  }

  bool buildOnBytes(Table& table) {
    std::vector<match::Predicate> predicates;
    for (const TableRow& row : table.rows) predicates.push_back(row.patterns);
    table.bytes = match::buildDfa(predicates, match::Alphabet::Path, kBytesBudget).dfa;
    return table.bytes.has_value();
  }

  bool buildPaths(Table& table) {
    std::vector<match::PathEntry> entries;
    for (uint32_t row = 0; row < table.rows.size(); ++row)
      for (const match::Pattern& pattern : table.rows[row].patterns) entries.push_back({pattern, row, table.rows[row].condition});
    match::PathAutomatonResult built = match::buildPathAutomaton(entries);
    if (!built.automaton) return exceed(table, std::move(*built.excess));
    table.words = std::move(built.automaton->words);
    table.sizes = built.automaton->sizes;
    return true;
  }

  bool buildIntervals(Table& table) {
    std::vector<match::IntervalEntry> entries;
    for (uint32_t row = 0; row < table.rows.size(); ++row)
      for (const match::Span& span : table.rows[row].spans) entries.push_back({span, row, table.rows[row].condition});
    match::IntervalRowsResult built = table.kind == Kind::Numbers ? match::numberRows(entries) : match::networkRows(entries);
    if (!built.rows) {
      match::IntervalExcess& excess = *built.excess;
      return exceed(table, {match::PathExcess::Kind::Words, std::move(excess.rules), excess.found, excess.limit});
    }
    table.words = std::move(built.rows->words);
    table.pieces = built.rows->sizes;
    return true;
  }

  bool exceed(const Table& table, match::PathExcess excess) {
    std::vector<uint32_t> rules;
    for (uint32_t row : excess.rules) rules.push_back(table.rows[row].rule);
    if (rules.empty()) rules.push_back(table.rows.back().rule);
    excess_ = TableExcess{table.kind, table.rows.size(), std::move(rules), std::move(excess)};
    return false;
  }

  Program& program_;
  const RowTests& tests_;
  const policy::Policy& policy_;
  std::optional<TableExcess> excess_;
};

}  // namespace

std::optional<TableExcess> tabulate(Program& program, Graph& graph, const MatcherTable& matchers, const SetStore& sets,
                                    const policy::Policy& policy) {
  return Tabulator(program, RowTests(program, graph, matchers, sets), policy).run();
}

}  // namespace lsmpc::plan
