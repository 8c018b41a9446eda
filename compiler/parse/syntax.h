// What the files of this room share: one statement's parse tree being turned into ast, and places in it.
#pragma once

#include <antlr4-runtime.h>

#include "compiler/ast/ast.h"
#include "compiler/base/source.h"
#include "compiler/diag/diagnostic.h"
#include "grammar/LsmpcParser.h"

namespace lsmpc::parse {

inline constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";  // at the start of a text it is none of its characters

// ANTLR counts code points, we count bytes: `offsets` holds the byte of each code point, and one past the last.
class Places {
 public:
  Places(base::FileId file, std::string_view text);
  base::Range of(const antlr4::Token* token) const;
  base::Range of(antlr4::ParserRuleContext* context) const;
  uint32_t byteOf(size_t code_point) const;

 private:
  base::FileId file_;
  uint32_t size_;
  std::vector<uint32_t> offsets_;  // empty where every byte is a code point
};

struct Builder {
  const Places& places;
  diag::Emitter& emitter;

  ast::ExprPtr expression(LsmpcParser::ExpressionContext* context);
  ast::ExprPtr dotted(LsmpcParser::PostfixContext* context) { return postfix(context); }  // a name with members, or a call
  ast::Name name(antlr4::ParserRuleContext* word) const;
  ast::Name text(antlr4::tree::TerminalNode* string) const;  // of a string, without its quotes

 private:
  ast::ExprPtr conjunction(LsmpcParser::ConjunctionContext* context);
  ast::ExprPtr negation(LsmpcParser::NegationContext* context);
  ast::ExprPtr comparison(LsmpcParser::ComparisonContext* context);
  ast::ExprPtr flagSet(LsmpcParser::FlagSetContext* context);
  ast::ExprPtr masked(LsmpcParser::MaskedContext* context);
  ast::ExprPtr postfix(LsmpcParser::PostfixContext* context);
  ast::ExprPtr primary(LsmpcParser::PrimaryContext* context);
  ast::ExprPtr call(LsmpcParser::PrimaryContext* context);
  friend struct Statements;
};

// Literals, from a token's text; an error is reported and Poison returned.
ast::ExprPtr integerLiteral(const std::string& text, bool negative, base::Range range, diag::Emitter& emitter);
ast::ExprPtr stringLiteral(const std::string& text, base::Range range, diag::Emitter& emitter);
ast::ExprPtr addressLiteral(const std::string& text, base::Range range, diag::Emitter& emitter);
ast::ExprPtr setLiteral(Builder& builder, LsmpcParser::SetLiteralContext* context);

ast::Statement buildTest(Builder& builder, LsmpcParser::TestStatementContext* context);
ast::Statement buildAssertion(Builder& builder, LsmpcParser::AssertStatementContext* context);
std::optional<ast::Statement> buildStatement(Builder& builder, LsmpcParser::StatementContext* context, const std::string& doc);

}  // namespace lsmpc::parse
