#include "compiler/format/expression.h"
#include "compiler/format/statement.h"

namespace lsmpc::format {
namespace {

// `{ a, b }` from `open` on.
void layOutBraces(Layout& layout, size_t open, const std::vector<size_t>& items) {
  size_t close = layout.partner(open);
  layout.group(open, close, kIndent);
  for (size_t item : items) layout.breakBefore(item, item == items.front() ? Break::Line : Break::Item);
  layout.breakBefore(close, items.empty() ? Break::Close : Break::CloseSet);
}

void layOutValues(Layout& layout, size_t open, const std::vector<ast::ExprPtr>& values) {
  std::vector<size_t> items;
  for (const ast::ExprPtr& value : values) items.push_back(layout.at(value->range.begin));
  layOutBraces(layout, open, items);
  for (const ast::ExprPtr& value : values) layOut(layout, *value);
}

void layOutOutcomes(Layout& layout, const ast::Expectation& expected) {
  layout.group(layout.at(expected.range.begin), layout.before(expected.range.end), kIndent);
  for (size_t i = 1; i < expected.outcomes.size(); ++i) layout.breakBefore(layout.at(expected.outcomes[i].range.begin), Break::Fill);
}

void layOutStep(Layout& layout, const ast::Step& step, Break kind) {
  layout.breakBefore(layout.at(step.range.begin), kind);
  size_t open = layout.at(step.task ? step.task->range.end : step.hook.range.end);
  if (open < layout.end() && layout.piece(open).text == "{" && layout.piece(open).begin < step.range.end) {
    std::vector<size_t> items;
    for (const ast::EventField& field : step.fields) items.push_back(layout.at(field.range.begin));
    layOutBraces(layout, open, items);
    for (const ast::EventField& field : step.fields) {
      layout.glue(layout.at(field.key->range.end));
      layOut(layout, *field.value);
    }
  }
  if (!step.expected) return;
  layout.breakBefore(layout.at(step.expected->range.begin), kind);
  layOutOutcomes(layout, *step.expected);
}

// The rows are one step deeper than the keys.
void layOutCases(Layout& layout, const ast::CaseTable& cases) {
  size_t first = layout.at(cases.range.begin);
  layout.breakBefore(first, Break::Always);
  layout.group(first, layout.before(cases.range.end), kIndent);
  layOutValues(layout, first + 1, cases.keys);
  for (const ast::Case& row : cases.rows) {
    size_t open = layout.at(row.range.begin);
    layout.breakBefore(open, Break::Always);
    layOutValues(layout, open, row.values);
    layOutOutcomes(layout, row.expected);
  }
}

}  // namespace

// A line for each step, each expectation and each row; of a single step without rows only where one line has no room.
void layOut(Layout& layout, const ast::Test& test) {
  if (!test.assumptions.empty()) {
    size_t with = layout.before(test.assumptions.front().range.begin);
    layout.breakBefore(with, Break::Fill);
    layout.group(with, layout.before(test.assumptions.back().range.end), kIndent);
    for (const ast::Assumption& assumption : test.assumptions) {
      if (&assumption != &test.assumptions.front()) layout.breakBefore(layout.at(assumption.range.begin), Break::Fill);
      layOut(layout, *assumption.subject);
      layOut(layout, *assumption.value);
    }
  }
  bool single = test.steps.size() == 1 && !test.cases;
  for (const ast::Step& step : test.steps) layOutStep(layout, step, single ? Break::Line : Break::Always);
  if (test.cases) layOutCases(layout, *test.cases);
}

// First the claim goes on a line of its own, then the condition, then its parts.
void layOut(Layout& layout, const ast::Assertion& assertion) {
  size_t claim = layout.at(assertion.name.range.end);
  layout.breakBefore(claim, Break::Line);
  layout.group(claim, layout.end() - 1, kIndent);
  layout.group(layout.at(assertion.hooks.front().range.begin), layout.before(assertion.hooks.back().range.end), 0);
  for (size_t i = 1; i < assertion.hooks.size(); ++i) layout.breakBefore(layout.at(assertion.hooks[i].range.begin), Break::Fill);
  if (!assertion.when) return;
  layout.breakBefore(layout.before(assertion.when->range.begin), Break::Line);
  layOut(layout, *assertion.when);
}

}  // namespace lsmpc::format
