#include "compiler/format/expression.h"
#include "compiler/format/statement.h"

namespace lsmpc::format {
namespace {

void layOutNames(Layout& layout, const std::vector<ast::Name>& names) {
  for (size_t i = 1; i < names.size(); ++i) layout.breakBefore(layout.at(names[i].range.begin), Break::Fill);
}

void layOutFields(Layout& layout, const std::vector<ast::EventField>& fields) {
  size_t open = layout.before(fields.front().range.begin);
  std::vector<size_t> items;
  for (const ast::EventField& field : fields) {
    items.push_back(layout.at(field.range.begin));
    layout.glue(layout.at(field.key->range.end));  // the colon
    layOut(layout, *field.value, kIndent);
  }
  layOutList(layout, open, items, layout.partner(open), 0);
}

// First what is expected goes on a line of its own, then the fields.
void layOutStep(Layout& layout, const ast::Step& step) {
  size_t first = layout.at(step.range.begin), last = layout.before(step.range.end);
  layout.group(first, last, kIndent);
  if (step.expected) {
    size_t expect = layout.at(step.expected->range.begin);
    layout.group(first, expect - 1, 0);
    layout.breakBefore(expect, Break::Line);
  }
  if (!step.fields.empty()) layOutFields(layout, step.fields);
}

void layOutValues(Layout& layout, const std::vector<ast::ExprPtr>& values) {
  for (size_t i = 0; i < values.size(); ++i) {
    if (i > 0) layout.breakBefore(layout.at(values[i]->range.begin), Break::Fill);
    layOut(layout, *values[i], kIndent);
  }
}

// A row a line, below the keys.
void layOutCases(Layout& layout, const ast::CaseTable& cases) {
  layout.breakBefore(layout.at(cases.range.begin), Break::Always);
  layout.group(layout.at(cases.range.begin), layout.before(cases.range.end), kIndent);
  layOutValues(layout, cases.keys);
  for (const ast::Case& row : cases.rows) {
    layout.breakBefore(layout.at(row.range.begin), Break::Always);
    layout.group(layout.at(row.range.begin), layout.before(row.range.end), kIndent);
    layOutValues(layout, row.values);
  }
}

}  // namespace

// What has one step and no table may stand on one line.
void layOut(Layout& layout, const ast::Test& test) {
  bool story = test.steps.size() > 1 || test.cases;
  for (size_t i = 0; i < test.assumptions.size(); ++i) {
    const ast::Assumption& one = test.assumptions[i];
    if (i > 0) layout.breakBefore(layout.at(one.subject->range.begin), Break::Fill);
    layOut(layout, *one.subject, kIndent);
    layOut(layout, *one.value, kIndent);
  }
  for (const ast::Step& step : test.steps) {
    layout.breakBefore(layout.at(step.range.begin), story ? Break::Always : Break::Line);
    layOutStep(layout, step);
  }
  if (test.cases) layOutCases(layout, *test.cases);
}

void layOut(Layout& layout, const ast::Assertion& assertion) {
  layout.breakBefore(layout.at(assertion.claim_range.begin), Break::Line);
  layOutNames(layout, assertion.hooks);
  if (!assertion.when) return;
  layout.breakBefore(layout.before(assertion.when->range.begin), Break::Line);
  layOut(layout, *assertion.when);
}

}  // namespace lsmpc::format
