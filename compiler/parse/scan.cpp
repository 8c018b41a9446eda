#include "compiler/parse/scan.h"

#include "compiler/parse/parse.h"

namespace lsmpc::parse {
namespace {

using diag::Kind;

constexpr size_t kMaxOperators = 10'000;  // of one statement: later phases recurse over them

// The first byte that is no UTF-8 or NUL; the size when there is none. (Overlong forms and surrogates count as wrong.)
size_t firstBadByte(std::string_view text) {
  for (size_t i = 0; i < text.size();) {
    auto lead = static_cast<unsigned char>(text[i]);
    size_t length = lead < 0x80                   ? 1
                    : lead >= 0xc2 && lead < 0xe0 ? 2
                    : lead >= 0xe0 && lead < 0xf0 ? 3
                    : lead >= 0xf0 && lead < 0xf5 ? 4
                                                  : 0;
    if (lead == 0 || length == 0 || i + length > text.size()) return i;
    for (size_t k = 1; k < length; ++k)
      if ((static_cast<unsigned char>(text[i + k]) & 0xc0) != 0x80) return i;
    auto second = length > 1 ? static_cast<unsigned char>(text[i + 1]) : 0;
    if ((lead == 0xe0 && second < 0xa0) || (lead == 0xed && second > 0x9f) || (lead == 0xf0 && second < 0x90) ||
        (lead == 0xf4 && second > 0x8f))
      return i;
    i += length;
  }
  return text.size();
}

// Tokens after which no value can begin.
bool endsClause(size_t token) {
  switch (token) {
    case LsmpcParser::DENY:
    case LsmpcParser::ALLOW:
    case LsmpcParser::KILL:
    case LsmpcParser::AUDIT:
    case LsmpcParser::QUIET:
    case LsmpcParser::NAME:
    case LsmpcParser::INTEGER:
    case LsmpcParser::FREQUENCY:
    case LsmpcParser::STRING:
    case LsmpcParser::TRUE:
    case LsmpcParser::FALSE:
    case LsmpcParser::IPV4:
    case LsmpcParser::IPV6:
    case LsmpcParser::RPAREN:
    case LsmpcParser::RBRACE:
    case LsmpcParser::RBRACKET: return true;
    default: return false;
  }
}

// Whether no expression can go on over this statement word: it is no function's name and no member's. (`set(` on a line of
// its own can be either, so brackets open before it still count.)
bool endsExpression(const std::vector<antlr4::Token*>& tokens, size_t at) {
  switch (tokens[at]->getType()) {
    case LsmpcParser::POLICY:
    case LsmpcParser::SET:
    case LsmpcParser::GROUP: return at + 1 < tokens.size() && tokens[at + 1]->getType() == LsmpcParser::NAME;
    case LsmpcParser::TEST: return at + 1 < tokens.size() && tokens[at + 1]->getType() == LsmpcParser::STRING;
    default: return at == 0 || tokens[at - 1]->getType() != LsmpcParser::DOT;
  }
}

}  // namespace

bool isStatementWord(size_t token) {
  switch (token) {
#define LSMPC_STATEMENT(token) case LsmpcParser::token:
#include "compiler/parse/statements.def"
    return true;
    default: return false;
  }
}

bool scanText(base::FileId file, std::string_view text, diag::Emitter& emitter) {
  if (text.size() > kMaxFileBytes) {
    emitter.report(Kind::FileTooLarge, {file, 0, 0}, std::to_string(kMaxFileBytes >> 20));
    return false;
  }
  return isText(file, text, emitter);
}

bool isText(base::FileId file, std::string_view text, diag::Emitter& emitter) {
  size_t bad = firstBadByte(text);
  if (bad < text.size()) {
    auto at = static_cast<uint32_t>(bad);
    emitter.report(Kind::NotText, {file, at, at + 1}, std::to_string(bad))
        .hint("policies are UTF-8 text; write other bytes in strings as \\xHH");
    return false;
  }
  return true;
}

bool scanNesting(const std::vector<antlr4::Token*>& tokens, const Places& places, diag::Emitter& emitter) {
  size_t depth = 0, nots = 0, operators = 0;
  for (size_t i = 0; i < tokens.size(); ++i) {
    size_t type = tokens[i]->getType();
    if (beginsStatement(tokens, i) && endsExpression(tokens, i)) depth = operators = 0;
    if (type == LsmpcParser::CALL) operators = 0;
    if (type == LsmpcParser::LPAREN || type == LsmpcParser::LBRACE) ++depth;
    if ((type == LsmpcParser::RPAREN || type == LsmpcParser::RBRACE) && depth) --depth;
    nots = type == LsmpcParser::NOT ? nots + 1 : 0;
    bool chained = type == LsmpcParser::AND || type == LsmpcParser::OR || type == LsmpcParser::AMP || type == LsmpcParser::BAR ||
                   type == LsmpcParser::DOT || type == LsmpcParser::LBRACKET;
    if (chained) ++operators;
    if (depth > kMaxNesting || nots > kMaxNesting) {
      emitter.report(Kind::TooDeep, places.of(tokens[i]), std::to_string(kMaxNesting)).hint("use `set` or several rules");
      return false;
    }
    if (operators > kMaxOperators) {
      emitter.report(Kind::TooLong, places.of(tokens[i]), std::to_string(kMaxOperators)).hint("use `set` or several rules");
      return false;
    }
  }
  return true;
}

void markCalls(const std::vector<antlr4::Token*>& tokens) {
  for (size_t i = 0; i + 1 < tokens.size(); ++i) {
    if (tokens[i]->getType() != LsmpcParser::NAME || tokens[i + 1]->getType() != LsmpcParser::LPAREN) continue;
    if (i == 0 || endsClause(tokens[i - 1]->getType())) static_cast<antlr4::WritableToken*>(tokens[i])->setType(LsmpcParser::CALL);
  }
}

bool beginsStatement(const std::vector<antlr4::Token*>& tokens, size_t at) {
  return isStatementWord(tokens[at]->getType()) && startsLine(tokens, at);
}

bool startsLine(const std::vector<antlr4::Token*>& tokens, size_t at) {
  return at == 0 || tokens[at - 1]->getLine() < tokens[at]->getLine();
}

}  // namespace lsmpc::parse
