#include "compiler/plan/tabulate.h"

#include <algorithm>

namespace lsmpc::plan {
namespace {

using namespace decision;

// Of these every text is "" or begins at the root, as a table's paths do.
constexpr policy::Builtin kWalks[] = {policy::Builtin::PathOf, policy::Builtin::PathAt, policy::Builtin::FilePath, policy::Builtin::FsPath};

// A condition taken apart: the path fits one of the patterns, and the rest holds.
struct Apart {
  ValueId subject;
  match::Predicate patterns;
  NodeId rest;
};

class Tabulator {
 public:
  Tabulator(Program& program, Graph& graph, const MatcherTable& matchers, const policy::Policy& policy, size_t fewest)
      : program_(program),
        graph_(graph),
        matchers_(matchers),
        policy_(policy),
        fewest_(fewest) {}

  std::optional<TooManyPaths> run() {
    std::vector<Step> kept;
    for (size_t begin = 0, end = 0; begin < program_.steps.size(); begin = end) {
      Table table = runFrom(begin, end);
      end = std::max(end, begin + 1);
      excess_.reset();
      bool placed = end - begin >= fewest_ && build(table);
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
  const policy::Rule& ruleOf(const Step& step) const { return policy_.rules[step.rule]; }

  // The steps from `begin` on that one table can hold; `end` behind the last.
  Table runFrom(size_t begin, size_t& end) {
    Table table{.subject = 0, .conditions = {{Graph::kTrue, false}}};
    for (end = begin; end < program_.steps.size(); ++end) {
      const Step& step = program_.steps[end];
      const policy::Rule& rule = ruleOf(step);
      if (rule.verdict == policy::Verdict::None || rule.rate.limits() || rule.member != ruleOf(program_.steps[begin]).member) break;
      auto apart = takeApart(step.condition, end == begin ? std::nullopt : std::optional(table.subject));
      if (!apart || (end != begin && apart->subject != table.subject)) break;
      table.subject = apart->subject;
      TableCondition condition{apart->rest, apart->rest != Graph::kTrue && step.certain};
      size_t number = placeOf(table.conditions, condition), action = actionOf(table, step.rule);
      if (std::max(number, action) >= kMaxConditions) break;
      if (number == table.conditions.size()) table.conditions.push_back(condition);
      if (action == table.actions.size()) table.actions.push_back(step.rule);
      table.rows.push_back(
          {step.rule, static_cast<uint8_t>(number), static_cast<uint8_t>(action), step.certain, std::move(apart->patterns)});
    }
    return table;
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

  std::optional<Apart> takeApart(NodeId condition, std::optional<ValueId> wanted) {
    if (auto apart = testOf(condition)) return apart;
    const Node& node = program_.nodes[condition];
    if (node.op != NodeOp::And) return std::nullopt;
    std::optional<Apart> found;
    size_t place = 0;
    for (size_t i = 0; i < node.children.size(); ++i) {
      auto apart = testOf(node.children[i]);
      if (!apart || (found && apart->subject != wanted)) continue;
      found = std::move(apart);
      place = i;
      if (!wanted || found->subject == *wanted) break;
    }
    if (!found) return std::nullopt;
    std::vector<NodeId> rest = node.children;
    rest.erase(rest.begin() + static_cast<ptrdiff_t>(place));
    found->rest = graph_.all(std::move(rest));
    return found;
  }

  // A test of a path by patterns, or several of the same path joined by `or`.
  std::optional<Apart> testOf(NodeId id) const {
    const Node& node = program_.nodes[id];
    if (node.op == NodeOp::Test) {
      const Test& test = program_.tests[node.test];
      if (test.op != TestOp::Class || !isWalk(program_.values[test.left])) return std::nullopt;
      return Apart{test.left, matchers_.patternsOf(test), Graph::kTrue};
    }
    if (node.op != NodeOp::Or) return std::nullopt;
    std::optional<Apart> joined;
    for (NodeId child : node.children) {
      auto one = program_.nodes[child].op == NodeOp::Test ? testOf(child) : std::nullopt;
      if (!one || (joined && joined->subject != one->subject)) return std::nullopt;
      if (joined)
        joined->patterns.insert(joined->patterns.end(), one->patterns.begin(), one->patterns.end());
      else
        joined = std::move(one);
    }
    return joined;
  }

  static bool isWalk(const Value& value) {
    return value.op == ValueOp::Builtin && std::find(std::begin(kWalks), std::end(kWalks), value.builtin) != std::end(kWalks);
  }

  bool build(Table& table) {
    std::vector<match::PathEntry> entries;
    for (uint32_t row = 0; row < table.rows.size(); ++row)
      for (const match::Pattern& pattern : table.rows[row].patterns) entries.push_back({pattern, row, table.rows[row].condition});
    match::PathAutomatonResult built = match::buildPathAutomaton(entries);
    if (built.automaton) {
      table.words = std::move(built.automaton->words);
      table.sizes = built.automaton->sizes;
      return true;
    }
    std::vector<uint32_t> rules;
    for (uint32_t row : built.excess->rules) rules.push_back(table.rows[row].rule);
    if (rules.empty()) rules.push_back(table.rows.back().rule);
    excess_ = TooManyPaths{table.rows.size(), std::move(rules), std::move(*built.excess)};
    return false;
  }

  Program& program_;
  Graph& graph_;
  const MatcherTable& matchers_;
  const policy::Policy& policy_;
  size_t fewest_;
  std::optional<TooManyPaths> excess_;
};

}  // namespace

std::optional<TooManyPaths> tabulate(Program& program, Graph& graph, const MatcherTable& matchers, const policy::Policy& policy,
                                     size_t fewest) {
  return Tabulator(program, graph, matchers, policy, fewest).run();
}

}  // namespace lsmpc::plan
