#include "compiler/drawing/graph.h"

#include <algorithm>
#include <map>
#include <optional>

#include "compiler/base/counts.h"
#include "compiler/decision/texts.h"

namespace lsmpc::drawing {
namespace {

using base::counted;
using decision::Decision;
using decision::Node;
using decision::NodeId;
using decision::NodeOp;
using decision::Program;
using decision::Step;
using policy::Verdict;

constexpr size_t kMostActions = 6;  // different ones that are told of in one box

// A place that arrows lead to before there is a box: the next one from when it is put.
using Label = size_t;

class Drawer {
 public:
  Drawer(const Decision& decision, const Program& program, const Fold& fold) : decision_(decision), program_(program), fold_(fold) {
    graph_.policy = decision.policy.name;
    graph_.hook = program.hook.name;
  }

  Graph draw() {
    bool audits = decision_.policy.mode == ast::Mode::Audit;
    add({Look::Begin, {"an event of " + graph_.hook + (audits ? " (audit mode: it is recorded, never refused)" : "")}, ""});
    Label first = label();
    lead(0, first, Answer::Always, false);
    put(first);
    size_t at = 0;
    for (; at < program_.steps.size() && at < fold_.most_rules; ++at) step(program_.steps[at]);
    if (at < program_.steps.size()) folded(at);
    end();
    settle();
    return std::move(graph_);
  }

 private:
  struct Open {
    size_t from;
    Label to;
    Answer answer;
    bool unresolved;
  };

  const policy::Rule& ruleOf(const Step& step) const { return decision_.policy.rules[step.rule]; }

  size_t add(Box box) {
    graph_.boxes.push_back(std::move(box));
    return graph_.boxes.size() - 1;
  }
  Label label() {
    labels_.emplace_back();
    return labels_.size() - 1;
  }
  void put(Label label) { labels_[label] = graph_.boxes.size(); }
  void lead(size_t from, Label to, Answer answer, bool unresolved) { open_.push_back({from, to, answer, unresolved}); }

  void step(const Step& step) {
    if (!step.table && program_.nodes[step.condition].op == NodeOp::False) return;
    Label matches = label(), otherwise = label();
    if (step.table) {
      tableBox(program_.tables[*step.table], otherwise);
    } else {
      bool asks = program_.nodes[step.condition].op != NodeOp::True;
      if (asks) ask(step.condition, {matches, otherwise, step.certain});
      put(matches);
      does(step, otherwise);
    }
    put(otherwise);
  }

  void does(const Step& step, Label otherwise) {
    const policy::Rule& rule = ruleOf(step);
    bool records = rule.verdict == Verdict::None;
    Look look = records ? Look::Record : policy::refuses(rule.verdict) ? Look::Refuse : Look::Permit;
    size_t box = add({look, {decision::actionText(rule), rule.file + ":" + std::to_string(rule.line)}, rule.id});
    if (records) lead(box, otherwise, Answer::Always, false);
  }

  struct Ways {
    Label matches, otherwise;
    bool certain;  // matches only where the condition is true
  };

  void ask(NodeId condition, const Ways& ways) {
    if (testsIn(condition, fold_.most_tests) > fold_.most_tests) {
      size_t box = add({Look::Folded, {"more than " + counted(fold_.most_tests, "test"), "`lsmpc build --emit=decision` shows them"}, ""});
      lead(box, ways.matches, Answer::Yes, !ways.certain);
      lead(box, ways.otherwise, Answer::No, ways.certain);
      return;
    }
    branch(condition, ways.matches, ways.otherwise, {ways.certain, false});
  }

  // Up to one more than `most`.
  size_t testsIn(NodeId id, size_t most) const {
    const Node& node = program_.nodes[id];
    size_t count = node.op == NodeOp::Test;
    for (NodeId child : node.children)
      if (count <= most) count += testsIn(child, most - std::min(most, count));
    return count;
  }

  struct Sense {
    bool certain, negated;
  };

  // By Kleene's rules a condition is not false where it is true with true in place of each unresolved test (false where `not` turns that round),
  // and it is true where it is so with the opposite. So what is unresolved leads one way at each test.
  void branch(NodeId id, Label yes, Label no, Sense sense) {
    const Node& node = program_.nodes[id];
    switch (node.op) {
      case NodeOp::True: return lead(add({Look::Question, {"true"}, ""}), yes, Answer::Always, false);
      case NodeOp::False: return lead(add({Look::Question, {"false"}, ""}), no, Answer::Always, false);
      case NodeOp::Not: return branch(node.children[0], no, yes, {sense.certain, !sense.negated});
      case NodeOp::Test: return question(node, yes, no, sense);
      case NodeOp::And:
      case NodeOp::Or: break;
    }
    for (size_t i = 0; i + 1 < node.children.size(); ++i) {
      Label next = label();
      branch(node.children[i], node.op == NodeOp::And ? next : yes, node.op == NodeOp::And ? no : next, sense);
      put(next);
    }
    if (!node.children.empty()) branch(node.children.back(), yes, no, sense);
  }

  void question(const Node& node, Label yes, Label no, Sense sense) {
    const decision::Test& test = program_.tests[node.test];
    size_t box = add({Look::Question, questionTexts(decision_, program_, test), ""});
    bool unresolved = canBeUnresolved(program_, test), to_yes = sense.certain == sense.negated;
    lead(box, yes, Answer::Yes, unresolved && to_yes);
    lead(box, no, Answer::No, unresolved && !to_yes);
  }

  // What rules do, with how many of them, most first.
  std::vector<std::string> actionsOf(const std::vector<uint32_t>& rules) const {
    std::map<std::string, size_t> counts;
    for (uint32_t rule : rules) ++counts[decision::actionText(decision_.policy.rules[rule])];
    std::vector<std::pair<std::string, size_t>> order(counts.begin(), counts.end());
    std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    std::vector<std::string> texts;
    for (size_t i = 0; i < std::min(order.size(), kMostActions); ++i)
      texts.push_back(order[i].first + ": " + counted(order[i].second, "rule"));
    if (order.size() > kMostActions) texts.push_back("… " + std::to_string(order.size() - kMostActions) + " other actions");
    return texts;
  }

  void tableBox(const decision::Table& table, Label otherwise) {
    std::string subject = decision::subjectText(table.kind, program_.values[table.subject].name);
    std::vector<uint32_t> rules;
    bool certain = true;
    for (const decision::TableRow& row : table.rows) rules.push_back(row.rule), certain = certain && row.certain;
    std::string head = "a table of " + counted(rules.size(), "rule") + " is searched for " + subject;
    std::vector<std::string> texts{head};
    if (!certain) texts.push_back("where that is unresolved, the first decides that is no allow");
    texts.push_back("the first that matches decides:");
    foldedBox(std::move(texts), rules, otherwise);
  }

  void folded(size_t from) {
    std::vector<uint32_t> rules;
    for (size_t at = from; at < program_.steps.size(); ++at) {
      const Step& step = program_.steps[at];
      if (!step.table)
        rules.push_back(step.rule);
      else
        for (const decision::TableRow& row : program_.tables[*step.table].rows) rules.push_back(row.rule);
    }
    Label otherwise = label();
    foldedBox({counted(rules.size(), "more rule") + ", asked one after the other:"}, rules, otherwise);
    put(otherwise);
  }

  void foldedBox(std::vector<std::string> texts, const std::vector<uint32_t>& rules, Label otherwise) {
    for (std::string& text : actionsOf(rules)) texts.push_back(std::move(text));
    size_t box = add({Look::Folded, std::move(texts), ""});
    lead(box, otherwise, Answer::No, false);
  }

  // Where an arrow leads to it; not after a rule without a condition.
  void end() {
    auto behind = [&](const Open& one) { return labels_[one.to] == graph_.boxes.size(); };
    if (std::any_of(open_.begin(), open_.end(), behind)) add({Look::End, {"no rule decides: permitted"}, ""});
  }

  void settle() {
    for (const Open& one : open_)
      if (labels_[one.to] && *labels_[one.to] < graph_.boxes.size())
        graph_.arrows.push_back({one.from, *labels_[one.to], one.answer, one.unresolved});
    std::stable_sort(graph_.arrows.begin(), graph_.arrows.end(), [](const Arrow& a, const Arrow& b) { return a.from < b.from; });
  }

  const Decision& decision_;
  const Program& program_;
  const Fold& fold_;
  Graph graph_;
  std::vector<std::optional<size_t>> labels_;
  std::vector<Open> open_;
};

}  // namespace

Graph graphOf(const Decision& decision, const Program& program, const Fold& fold) { return Drawer(decision, program, fold).draw(); }

}  // namespace lsmpc::drawing
