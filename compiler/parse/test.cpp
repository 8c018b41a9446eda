// test and assert.
#include "compiler/parse/syntax.h"

namespace lsmpc::parse {
namespace {

ast::Outcome outcome(Builder& builder, LsmpcParser::OutcomeContext* context) {
  ast::Outcome result{builder.places.of(context), ast::OutcomeKind::Unresolved, {}, {}};
  if (context->DENY()) {
    result.kind = ast::OutcomeKind::Deny;
    if (auto* code = context->errnoName()) result.code = builder.name(code);
  } else if (context->KILL()) {
    result.kind = ast::OutcomeKind::Kill;
    if (auto* signal = context->signalName()) result.code = builder.name(signal);
  } else if (context->AUDIT()) {
    result.kind = ast::OutcomeKind::Audit;
    if (auto* message = context->STRING()) result.message = builder.text(message).text;
  } else if (context->ALLOW()) {
    result.kind = ast::OutcomeKind::Allow;
  } else if (context->QUIET()) {
    result.kind = ast::OutcomeKind::Quiet;
  }
  return result;
}

ast::Expectation expectation(Builder& builder, LsmpcParser::ExpectationContext* context) {
  ast::Expectation result{builder.places.of(context), {}};
  for (auto* one : context->outcome()) result.outcomes.push_back(outcome(builder, one));
  return result;
}

ast::Step step(Builder& builder, LsmpcParser::StepContext* context) {
  auto words = context->word();
  ast::Step result{builder.places.of(context), builder.name(words[0]), {}, {}, {}};
  if (words.size() > 1) result.task = builder.name(words[1]);
  for (auto* field : context->eventField())
    result.fields.push_back({builder.places.of(field), builder.dotted(field->postfix()), builder.expression(field->expression())});
  if (auto* expected = context->expectation()) result.expected = expectation(builder, expected);
  return result;
}

ast::CaseTable cases(Builder& builder, LsmpcParser::CaseTableContext* context) {
  ast::CaseTable table{builder.places.of(context), {}, {}};
  for (auto* key : context->postfix()) table.keys.push_back(builder.dotted(key));
  for (auto* row : context->caseRow()) {
    ast::Case one{builder.places.of(row), {}, expectation(builder, row->expectation())};
    for (auto* value : row->expression()) one.values.push_back(builder.expression(value));
    table.rows.push_back(std::move(one));
  }
  return table;
}

}  // namespace

ast::Statement buildTest(Builder& builder, LsmpcParser::TestStatementContext* context) {
  ast::Test test{builder.places.of(context), builder.text(context->STRING()), {}, {}, {}};
  for (auto* one : context->assumption())
    test.assumptions.push_back({builder.places.of(one), builder.dotted(one->postfix()), builder.expression(one->expression())});
  for (auto* one : context->step()) test.steps.push_back(step(builder, one));
  if (auto* table = context->caseTable()) test.cases = cases(builder, table);
  return test;
}

ast::Statement buildAssertion(Builder& builder, LsmpcParser::AssertStatementContext* context) {
  ast::Assertion result;
  result.range = builder.places.of(context);
  result.name = builder.text(context->STRING());
  antlr4::tree::TerminalNode* verdict = context->ALLOW() ? context->ALLOW() : context->DENY();
  antlr4::tree::TerminalNode* quantifier = context->ALWAYS() ? context->ALWAYS() : context->NEVER();
  result.claim_range = base::join(builder.places.of(quantifier->getSymbol()), builder.places.of(verdict->getSymbol()));
  result.always = context->ALWAYS() != nullptr;
  result.allow = context->ALLOW() != nullptr;
  for (auto* hook : context->word()) result.hooks.push_back(builder.name(hook));
  result.if_present = context->PRESENT() != nullptr;
  if (context->expression()) result.when = builder.expression(context->expression());
  return result;
}

}  // namespace lsmpc::parse
