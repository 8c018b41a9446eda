#include <array>
#include <charconv>

#include "compiler/parse/syntax.h"

namespace lsmpc::parse {
namespace {

struct OperatorToken {
  size_t token;
  ast::BinaryOp op;
};

constexpr std::array kOperators = {
    OperatorToken{LsmpcParser::EQUAL, ast::BinaryOp::Equal},     OperatorToken{LsmpcParser::NOT_EQUAL, ast::BinaryOp::NotEqual},
    OperatorToken{LsmpcParser::LESS, ast::BinaryOp::Less},       OperatorToken{LsmpcParser::LESS_EQUAL, ast::BinaryOp::LessEqual},
    OperatorToken{LsmpcParser::GREATER, ast::BinaryOp::Greater}, OperatorToken{LsmpcParser::GREATER_EQUAL, ast::BinaryOp::GreaterEqual},
    OperatorToken{LsmpcParser::MATCH, ast::BinaryOp::Match},     OperatorToken{LsmpcParser::NOT_MATCH, ast::BinaryOp::NotMatch},
    OperatorToken{LsmpcParser::UNDER, ast::BinaryOp::Under},     OperatorToken{LsmpcParser::IN, ast::BinaryOp::In},
    OperatorToken{LsmpcParser::NOT, ast::BinaryOp::NotIn},       OperatorToken{LsmpcParser::HAS, ast::BinaryOp::Has}};

ast::BinaryOp operatorOf(LsmpcParser::ComparisonOperatorContext* context) {
  if (context->ANY()) return ast::BinaryOp::HasAny;
  for (const OperatorToken& entry : kOperators)
    if (entry.token == context->getStart()->getType()) return entry.op;
  return ast::BinaryOp::Equal;
}

// a OP b OP c, to the left.
template <typename Context, typename Build>
ast::ExprPtr chain(const std::vector<Context*>& parts, ast::BinaryOp op, Build build) {
  ast::ExprPtr left = build(parts[0]);
  for (size_t i = 1; i < parts.size(); ++i) {
    ast::ExprPtr right = build(parts[i]);
    base::Range range = base::join(left->range, right->range);
    base::Range between{range.file, left->range.end, right->range.begin};
    left = make(range, ast::Binary{op, between, std::move(left), std::move(right)});
  }
  return left;
}

}  // namespace

// The text of a context is put together from those of its leaves, which takes ten times as long as that of a token.
ast::Name Builder::name(antlr4::ParserRuleContext* word) const {
  bool one_token = word->getStart() == word->getStop();
  return {one_token ? word->getStart()->getText() : word->getText(), places.of(word)};
}

ast::Name Builder::text(antlr4::tree::TerminalNode* string) const {
  base::Range range = places.of(string->getSymbol());
  ast::ExprPtr literal = stringLiteral(string->getText(), range, emitter);
  auto* value = std::get_if<ast::String>(&literal->node);
  return {value ? value->value : "", range};
}

ast::ExprPtr Builder::expression(LsmpcParser::ExpressionContext* context) {
  return chain(context->conjunction(), ast::BinaryOp::Or, [this](auto* part) { return conjunction(part); });
}

ast::ExprPtr Builder::conjunction(LsmpcParser::ConjunctionContext* context) {
  return chain(context->negation(), ast::BinaryOp::And, [this](auto* part) { return negation(part); });
}

ast::ExprPtr Builder::negation(LsmpcParser::NegationContext* context) {
  if (context->comparison()) return comparison(context->comparison());
  return make(places.of(context), ast::Not{negation(context->negation())});
}

ast::ExprPtr Builder::comparison(LsmpcParser::ComparisonContext* context) {
  auto sides = context->flagSet();
  ast::ExprPtr left = flagSet(sides[0]);
  if (sides.size() == 1) return left;
  ast::ExprPtr right = flagSet(sides[1]);
  if (sides.size() == 3) {
    base::Range span = base::join(places.of(sides[1]), places.of(sides[2]));
    right = make(span, ast::SpanExpr{std::move(right), flagSet(sides[2])});
  }
  auto* op = context->comparisonOperator();
  return make(places.of(context), ast::Binary{operatorOf(op), places.of(op), std::move(left), std::move(right)});
}

ast::ExprPtr Builder::flagSet(LsmpcParser::FlagSetContext* context) {
  return chain(context->masked(), ast::BinaryOp::BitOr, [this](auto* part) { return masked(part); });
}

ast::ExprPtr Builder::masked(LsmpcParser::MaskedContext* context) {
  return chain(context->postfix(), ast::BinaryOp::BitAnd, [this](auto* part) { return postfix(part); });
}

// A plain dotted name stays one Path; members of anything else nest.
ast::ExprPtr Builder::postfix(LsmpcParser::PostfixContext* context) {
  ast::ExprPtr result = primary(context->primary());
  for (size_t i = 1; i < context->children.size(); ++i) {
    auto* word = dynamic_cast<LsmpcParser::WordContext*>(context->children[i]);
    auto* leaf = dynamic_cast<antlr4::tree::TerminalNode*>(context->children[i]);
    base::Range start = result->range;
    if (word) {
      ast::Name member = name(word);
      base::Range range = base::join(start, member.range);
      if (auto* path = std::get_if<ast::Path>(&result->node)) {
        path->names.push_back(std::move(member));
        result->range = range;
      } else {
        result = make(range, ast::Member{std::move(result), std::move(member)});
      }
    } else if (leaf && leaf->getSymbol()->getType() == LsmpcParser::INTEGER) {
      base::Range place = places.of(leaf->getSymbol());
      ast::ExprPtr index = integerLiteral(leaf->getText(), false, place, emitter);
      auto* value = std::get_if<ast::Integer>(&index->node);
      base::Range range{start.file, start.begin, place.end + 1};
      result = make(range, ast::Index{std::move(result), value ? value->value : 0});
    }
  }
  return result;
}

ast::ExprPtr Builder::call(LsmpcParser::PrimaryContext* context) {
  ast::Call call{name(context->callee()), {}};
  for (auto* argument : context->expression()) call.arguments.push_back(expression(argument));
  return make(places.of(context), std::move(call));
}

ast::ExprPtr Builder::primary(LsmpcParser::PrimaryContext* context) {
  base::Range range = places.of(context);
  if (context->INTEGER()) return integerLiteral(context->INTEGER()->getText(), context->MINUS() != nullptr, range, emitter);
  if (context->STRING()) return stringLiteral(context->STRING()->getText(), range, emitter);
  if (context->TRUE() || context->FALSE()) return make(range, ast::Boolean{context->TRUE() != nullptr});
  if (context->NULL_()) return make(range, ast::Null{});
  if (context->IPV4() || context->IPV6()) return addressLiteral(context->getText(), range, emitter);
  if (context->setLiteral()) return setLiteral(*this, context->setLiteral());
  if (context->callee()) return context->LPAREN() ? call(context) : make(range, ast::Path{{name(context->callee())}});
  ast::ExprPtr inner = expression(context->expression(0));
  inner->range = range;
  return inner;
}

}  // namespace lsmpc::parse
