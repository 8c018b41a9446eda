#include "compiler/cost/cost.h"

#include <algorithm>

#include "compiler/cost/count.h"
#include "compiler/lower/tables.h"

namespace lsmpc::cost {
namespace {

using namespace decision;

constexpr size_t kMostRows = 20;           // of a table that are shown apart
constexpr size_t kMostLookedAt = 100'000;  // of whose rows the largest are found

Size sizeOf(const match::Dfa& dfa) {
  lower::Tables tables;
  tables.automaton(dfa);
  return {dfa.states(), tables.words().size() * sizeof(uint32_t)};
}

uint64_t bytesOf(const std::vector<uint64_t>& words) { return words.size() * sizeof(uint64_t); }

class HookCounter {
 public:
  HookCounter(const Decision& decision, const Program& program) : decision_(decision), program_(program), all_(decision, program) {}

  HookCost run() {
    cost_.name = program_.hook.name;
    all_.add(Unit::Program);
    if (isInline()) all_.add(Unit::OneTest);
    for (const Step& step : program_.steps) step.table ? table(program_.tables[*step.table]) : rule(step);
    for (const Matcher& matcher : program_.matchers) take(sizeOf(matcher.dfa));
    for (uint32_t set : all_.sets()) take({0, bytesOf(decision_.sets[set].words)});
    cost_.amount = all_.amount();
    event();
    return std::move(cost_);
  }

 private:
  // A program of one test; but where that is of patterns of a file's path, whose answers are kept, there is more than is inline.
  bool isInline() const {
    if (decision_.facts.kept() || program_.steps.size() != 1 || program_.steps[0].table) return false;
    const Node& node = program_.nodes[program_.steps[0].condition];
    if (node.op != NodeOp::Test) return false;
    const Test& test = program_.tests[node.test];
    const Value& value = program_.values[test.left];
    return test.op != TestOp::Class || value.op != ValueOp::Builtin || value.builtin != policy::Builtin::FilePath;
  }

  void take(const Size& size) {
    cost_.size.states += size.states;
    cost_.size.bytes += size.bytes;
  }

  void rule(const Step& step) {
    all_.step(step);
    ++cost_.rules;
    Counter own(decision_, program_);
    own.step(step);
    RuleCost one{step.rule, {}, own.amount()};
    for (const auto& [matcher, value] : own.matched()) {
      Size size = alone(step.condition, matcher);
      one.size.states += size.states;
      one.size.bytes += size.bytes;
    }
    for (uint32_t set : own.sets()) one.size.bytes += bytesOf(decision_.sets[set].words);
    cost_.costs.push_back(std::move(one));
  }

  // The automaton of the patterns that a condition asks of one matcher.
  Size alone(NodeId condition, uint32_t matcher) const {
    std::vector<uint32_t> asked;
    collect(condition, matcher, asked);
    std::vector<match::Predicate> predicates;
    for (uint32_t one : asked) predicates.push_back(program_.matchers[matcher].predicates[one]);
    match::DfaResult built = match::buildDfa(predicates, program_.matchers[matcher].alphabet);
    return built.dfa ? sizeOf(*built.dfa) : Size{};
  }

  void collect(NodeId id, uint32_t matcher, std::vector<uint32_t>& asked) const {
    const Node& node = program_.nodes[id];
    if (node.op == NodeOp::Test) {
      const Test& test = program_.tests[node.test];
      bool is_new = std::find(asked.begin(), asked.end(), test.predicate) == asked.end();
      if (test.op == TestOp::Class && test.matcher == matcher && is_new) asked.push_back(test.predicate);
    }
    for (NodeId child : node.children) collect(child, matcher, asked);
  }

  void table(const Table& table) {
    all_.table(table);
    cost_.rules += table.rows.size();
    Size size = table.bytes ? sizeOf(*table.bytes) : Size{table.sizes.states, bytesOf(table.words)};
    uint64_t bytes = size.bytes += table.rows.size() * sizeof(uint64_t);
    take(size);
    cost_.tables.push_back({table.kind, program_.values[table.subject].name, table.rows.size(), table.conditions.size() - 1,
                            all_.wildcards(table), table.sizes, table.pieces.pieces, table.bytes ? size.states : 0, bytes});
    std::vector<RuleCost> rows = rowsOf(table);
    cost_.costs.insert(cost_.costs.end(), rows.begin(), rows.end());
  }

  // Those that take most, in order.
  std::vector<RuleCost> rowsOf(const Table& table) const {
    std::vector<RuleCost> rows;
    uint64_t empty = aloneIn(table, {}).bytes;
    for (size_t i = 0; i < std::min(table.rows.size(), kMostLookedAt); ++i) {
      Size size = aloneIn(table, table.rows[i]);
      rows.push_back({table.rows[i].rule, {size.states, size.bytes - std::min(empty, size.bytes)}, {}, true});
    }
    std::stable_sort(rows.begin(), rows.end(), [](const RuleCost& a, const RuleCost& b) { return a.size.bytes > b.size.bytes; });
    rows.resize(std::min(rows.size(), kMostRows));
    std::stable_sort(rows.begin(), rows.end(), [](const RuleCost& a, const RuleCost& b) { return a.rule < b.rule; });
    return rows;
  }

  // A table of the row alone.
  static Size aloneIn(const Table& table, const TableRow& row) {
    if (table.bytes) {
      auto built = match::buildDfa({row.patterns}, match::Alphabet::Path);
      return built.dfa && !row.patterns.empty() ? sizeOf(*built.dfa) : Size{};
    }
    if (table.kind == Table::Kind::Paths) {
      std::vector<match::PathEntry> entries;
      for (const match::Pattern& pattern : row.patterns) entries.push_back({pattern, 0});
      auto built = match::buildPathAutomaton(entries);
      return built.automaton ? Size{built.automaton->sizes.states, built.automaton->sizes.bytes} : Size{};
    }
    std::vector<match::IntervalEntry> entries;
    for (const match::Span& span : row.spans) entries.push_back({span, 0});
    auto built = table.kind == Table::Kind::Numbers ? match::numberRows(entries) : match::networkRows(entries);
    return {0, built.rows ? bytesOf(built.rows->words) : 0};
  }

  // The values of the event that no condition has asked for, and the event.
  void event() {
    bool makes = false, by_probes = false;
    for (const Step& step : program_.steps) {
      for (uint32_t rule : step.table ? program_.tables[*step.table].actions : std::vector<uint32_t>{step.rule}) {
        makes |= decision_.policy.rules[rule].event;
        by_probes |= decision_.policy.rules[rule].event && showsByProbes(decision_, program_, rule);
      }
    }
    if (!makes) return;
    all_.add(Unit::Event);
    for (const EventField& field : program_.event_fields) all_.shown(field.value, by_probes);
    Amount with = all_.amount();
    const Amount& without = cost_.amount;
    cost_.event = {with.loads - without.loads,       with.calls - without.calls,       with.fixed - without.fixed,
                   with.per_name - without.per_name, with.per_byte - without.per_byte, 0};
  }

  const Decision& decision_;
  const Program& program_;
  Counter all_;
  HookCost cost_;
};

}  // namespace

Cost costOf(const Decision& decision) {
  Cost cost;
  for (const Program& program : decision.programs) cost.hooks.push_back(HookCounter(decision, program).run());
  if (!decision.facts.predicates.empty()) cost.facts = sizeOf(decision.facts.dfa);
  return cost;
}

}  // namespace lsmpc::cost
