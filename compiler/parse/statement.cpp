#include "compiler/parse/syntax.h"

namespace lsmpc::parse {
namespace {

using diag::Kind;

std::vector<ast::Name> names(Builder& builder, const std::vector<LsmpcParser::WordContext*>& words, size_t from, size_t to) {
  std::vector<ast::Name> result;
  for (size_t i = from; i < to; ++i) result.push_back(builder.name(words[i]));
  return result;
}

ast::Statement header(Builder& builder, LsmpcParser::PolicyHeaderContext* context) {
  ast::PolicyHeader header{builder.places.of(context), builder.name(context->policyName()), {}, {}};
  header.unresolved_allow = context->UNRESOLVED() != nullptr;
  header.foreign_trust = context->FOREIGN() != nullptr;
  if (auto* version = context->STRING()) header.version = builder.text(version);
  if (auto* mode = context->modeName()) {
    std::string text = mode->getText();
    if (text == "enforce" || text == "audit")
      header.mode = text == "audit" ? ast::Mode::Audit : ast::Mode::Enforce;
    else
      builder.emitter.report(Kind::UnknownMode, builder.places.of(mode), text);
  }
  return header;
}

ast::Action action(Builder& builder, LsmpcParser::ActionContext* context) {
  ast::Action action{builder.places.of(context), ast::ActionKind::Quiet, {}, {}, {}, {}};
  if (context->DENY()) {
    action.kind = ast::ActionKind::Deny;
    if (auto* code = context->errnoName()) action.errno_name = builder.name(code);
  } else if (context->KILL()) {
    action.kind = ast::ActionKind::Kill;
    if (auto* signal = context->signalName()) action.signal_name = builder.name(signal);
  } else if (context->ALLOW()) {
    action.kind = ast::ActionKind::Allow;
  } else if (context->AUDIT()) {
    action.kind = ast::ActionKind::Audit;
    if (auto* message = context->STRING()) action.message = builder.text(message).text;
  } else if (context->RATE()) {
    action.kind = ast::ActionKind::Rate;
    action.frequency = ast::Name{context->FREQUENCY()->getText(), builder.places.of(context->FREQUENCY()->getSymbol())};
  }
  return action;
}

ast::Statement rule(Builder& builder, LsmpcParser::OnStatementContext* context) {
  ast::On on;
  on.range = builder.places.of(context);
  auto words = context->word();
  on.hooks = names(builder, words, 0, words.size());
  on.if_present = context->PRESENT() != nullptr;
  on.is_default = context->DEFAULT() != nullptr;
  if (context->expression()) on.when = builder.expression(context->expression());
  for (auto* part : context->action()) on.actions.push_back(action(builder, part));
  return on;
}

ast::Statement group(Builder& builder, LsmpcParser::GroupStatementContext* context) {
  ast::Group group{builder.places.of(context), builder.name(context->word()), {}};
  for (auto* member : context->groupMember())
    group.members.push_back({builder.name(member->word()), member->expression() ? builder.expression(member->expression()) : nullptr});
  return group;
}

ast::Statement set(Builder& builder, LsmpcParser::SetStatementContext* context) {
  ast::SetDeclaration set{builder.places.of(context), builder.name(context->word(0)), builder.name(context->word(1)), nullptr, {}, {}};
  if (context->DYNAMIC()) set.max = ast::Name{context->INTEGER()->getText(), builder.places.of(context->INTEGER()->getSymbol())};
  if (context->setLiteral()) {
    set.value = setLiteral(builder, context->setLiteral());
  } else {
    set.from = builder.text(context->STRING());
    set.value = make(set.from->range, ast::SetLiteral{});
  }
  return set;
}

// `paths: set of glob` or `dir: path`.
ast::Parameter parameter(Builder& builder, LsmpcParser::ParameterContext* context) {
  auto words = context->word();
  bool is_set = words.size() == 4;
  if (is_set && (words[1]->getText() != "set" || words[2]->getText() != "of"))
    builder.emitter.report(Kind::Syntax, builder.places.of(words[1]), "`" + words[1]->getText() + "`", "a type, or `set of` and a type");
  return {builder.name(words[0]), builder.name(words.back()), is_set};
}

ast::Statement templateOf(Builder& builder, LsmpcParser::TemplateHeadContext* context) {
  ast::Template result{builder.places.of(context), builder.name(context->word()), {}, std::make_unique<ast::Block>()};
  for (auto* one : context->parameter()) result.parameters.push_back(parameter(builder, one));
  return result;
}

ast::Statement call(Builder& builder, LsmpcParser::CallStatementContext* context) {
  ast::CallStatement call{builder.places.of(context), {}, {}};
  antlr4::Token* callee = context->getStart();
  call.callee = {callee->getText(), builder.places.of(callee)};
  for (auto* argument : context->expression()) call.arguments.push_back(builder.expression(argument));
  return call;
}

// NAME op EXPR: what a scope that is named by a kind stands for.
ast::ExprPtr test(Builder& builder, LsmpcParser::ScopeHeadContext* context, std::initializer_list<const char*> attribute,
                  ast::BinaryOp op) {
  base::Range range = builder.places.of(context->expression());
  ast::Path path;
  for (const char* word : attribute) path.names.push_back({word, range});
  return make(range, ast::Binary{op, range, make(range, std::move(path)), builder.expression(context->expression())});
}

// Tasks that run a program or descend from one that did; tasks in a cgroup or below it.
ast::ExprPtr scopeCondition(Builder& builder, LsmpcParser::ScopeHeadContext* context) {
  if (!context->scopeKind()) return builder.expression(context->expression());
  std::string kind = context->scopeKind()->getText();
  if (kind == "cgroup") return test(builder, context, {"cgroup"}, ast::BinaryOp::Under);
  if (kind != "program") {
    builder.emitter.report(Kind::Syntax, builder.places.of(context->scopeKind()), "`" + kind + "`", "`when`, `program` or `cgroup`");
    return make(builder.places.of(context->expression()), ast::Poison{});
  }
  auto own = test(builder, context, {"exe"}, ast::BinaryOp::Match),
       before = test(builder, context, {"ancestor", "exe"}, ast::BinaryOp::Match);
  base::Range range = builder.places.of(context->expression());
  return make(range, ast::Binary{ast::BinaryOp::Or, range, std::move(own), std::move(before)});
}

ast::Statement scope(Builder& builder, LsmpcParser::ScopeHeadContext* context) {
  ast::Scope scope{builder.places.of(context), {}, scopeCondition(builder, context), std::make_unique<ast::Block>()};
  scope.kind =
      context->scopeKind() ? builder.name(context->scopeKind()) : ast::Name{"when", builder.places.of(context->WHEN()->getSymbol())};
  return scope;
}

// The name is what stands before the colon: `word (. word)*`, so as many words as dots and one more.
ast::Statement attribute(Builder& builder, LsmpcParser::AttributeStatementContext* context, const std::string& doc) {
  ast::AttributeDeclaration declaration;
  declaration.range = builder.places.of(context);
  auto words = context->word();
  size_t parts = context->DOT().size() + 1;
  declaration.name = names(builder, words, 0, parts);
  declaration.type = builder.name(words[parts]);
  declaration.hooks = names(builder, words, parts + 1, words.size());
  declaration.value = builder.expression(context->expression());
  declaration.doc = doc;
  return declaration;
}

}  // namespace

std::optional<ast::Statement> buildStatement(Builder& builder, LsmpcParser::StatementContext* context, const std::string& doc) {
  base::Range range = builder.places.of(context);
  if (auto* part = context->policyHeader()) return header(builder, part);
  if (auto* part = context->useStatement()) {
    auto words = part->word();
    return ast::Use{range, names(builder, words, 0, words.size())};
  }
  if (auto* part = context->letStatement()) return ast::Let{range, builder.name(part->word()), builder.expression(part->expression())};
  if (auto* part = context->setStatement()) return set(builder, part);
  if (auto* part = context->onStatement()) return rule(builder, part);
  if (auto* part = context->groupStatement()) return group(builder, part);
  if (auto* part = context->templateHead()) return templateOf(builder, part);
  if (auto* part = context->callStatement()) return call(builder, part);
  if (auto* part = context->scopeHead()) return scope(builder, part);
  if (auto* part = context->attributeStatement()) return attribute(builder, part, doc);
  if (auto* part = context->testStatement()) return buildTest(builder, part);
  if (auto* part = context->assertStatement()) return buildAssertion(builder, part);
  return std::nullopt;
}

}  // namespace lsmpc::parse
