#include "compiler/parse/syntax_error.h"

#include <set>

namespace lsmpc::parse {
namespace {

using diag::Kind;

// What a person calls the tokens of a class; tokens that stand for themselves are shown as written.
std::string className(size_t token, const antlr4::dfa::Vocabulary& vocabulary) {
  switch (token) {
    case LsmpcParser::NAME: return "a name";
    case LsmpcParser::INTEGER: return "a number";
    case LsmpcParser::STRING: return "a string";
    case LsmpcParser::FREQUENCY: return "a rate, such as `10/s`";
    case antlr4::Token::EOF: return "the end of the file";
    default: break;
  }
  std::string literal = vocabulary.getLiteralName(token);  // 'deny', with single quotes
  return literal.size() < 2 ? "" : "`" + literal.substr(1, literal.size() - 2) + "`";
}

std::string listed(const std::set<std::string>& words) {
  std::string text;
  size_t left = words.size();
  for (const std::string& word : words) {
    text += word;
    --left;
    if (left) text += left == 1 ? " or " : ", ";
  }
  return text;
}

// A set that begins an expression, or names a word, has dozens of tokens: they become one phrase.
std::string expectedText(const antlr4::misc::IntervalSet& expected, const antlr4::dfa::Vocabulary& vocabulary) {
  auto has = [&](size_t token) { return expected.contains(token); };
  std::set<std::string> words;
  bool expression = has(LsmpcParser::LPAREN) && has(LsmpcParser::STRING) && has(LsmpcParser::NAME);
  bool word = has(LsmpcParser::NAME) && has(LsmpcParser::WHEN);
  if (expression) words.insert("a value");
  if (word) words.insert("a name");
  bool decisions = has(LsmpcParser::DENY) && has(LsmpcParser::KILL) && !word;
  bool outcomes = decisions && has(LsmpcParser::UNRESOLVED), actions = decisions && !outcomes;
  if (actions) words.insert("an action (`deny`, `allow`, `kill`, `audit`, `quiet`, `rate`)");
  if (outcomes) words.insert("what is expected (`allow`, `deny`, `kill`, `audit`, `quiet`, `unresolved`)");
  bool compared = has(LsmpcParser::EQUAL);
  if (compared) words.insert("an operator");
  for (ssize_t token : expected.toList()) {
    auto type = static_cast<size_t>(token);
    if (expression &&
        (type == LsmpcParser::LPAREN || type == LsmpcParser::LBRACE || type >= LsmpcParser::INTEGER || type < LsmpcParser::EQUAL))
      continue;
    if (expression && type == LsmpcParser::MINUS) continue;
    if (word && type < LsmpcParser::EQUAL) continue;
    if (decisions && ((type >= LsmpcParser::DENY && type <= LsmpcParser::RATE) || type == LsmpcParser::UNRESOLVED)) continue;
    bool operation = (type >= LsmpcParser::EQUAL && type <= LsmpcParser::MATCH) || type == LsmpcParser::IN || type == LsmpcParser::NOT ||
                     type == LsmpcParser::HAS || type == LsmpcParser::UNDER || type == LsmpcParser::AND || type == LsmpcParser::OR ||
                     type == LsmpcParser::AMP || type == LsmpcParser::BAR || type == LsmpcParser::DOT || type == LsmpcParser::LBRACKET ||
                     type == LsmpcParser::LPAREN;
    if (compared && operation) continue;
    std::string name = className(type, vocabulary);
    if (!name.empty()) words.insert(name);
  }
  return listed(words);
}

struct Foreign {
  std::string_view text, hint;
};

constexpr Foreign kForeign[] = {
#define LSMPC_FOREIGN(text, hint) {text, hint},
#include "compiler/parse/foreign.def"
};

void hintAtForeign(const antlr4::Token* token, diag::Emitter::Builder message) {
  for (const Foreign& foreign : kForeign)
    if (token->getText() == foreign.text) message.hint(std::string(foreign.hint));
}

}  // namespace

std::string describe(const antlr4::Token* token) {
  if (token->getType() == antlr4::Token::EOF) return "the end of the file";
  std::string text = token->getText();
  if (text.size() > 40) text = text.substr(0, 37) + "...";
  return "`" + text + "`";
}

bool reportBadToken(const antlr4::Token* token, const Places& places, diag::Emitter& emitter) {
  base::Range range = places.of(token);
  switch (token->getType()) {
    case LsmpcParser::OPEN_STRING:
      emitter.report(Kind::OpenString, range).hint("a string ends with `\"` on the line where it began");
      return true;
    case LsmpcParser::BAD_NUMBER:
      emitter.report(Kind::BadNumber, range, token->getText()).hint("numbers are 42, 0x2a or 0o52");
      return true;
    case LsmpcParser::STRAY: hintAtForeign(token, emitter.report(Kind::StrayCharacter, range, token->getText())); return true;
    default: return false;
  }
}

void SyntaxErrors::syntaxError(antlr4::Recognizer* recognizer, antlr4::Token* token, size_t, size_t, const std::string&,
                               std::exception_ptr) {
  if (failed_) return;  // what follows the first error of a statement is mostly its echo
  failed_ = true;
  if (reportBadToken(token, places_, emitter_)) return;
  auto* parser = static_cast<antlr4::Parser*>(recognizer);
  std::string expected = expectedText(parser->getExpectedTokens(), parser->getVocabulary());
  auto message = emitter_.report(Kind::Syntax, places_.of(token), describe(token), expected.empty() ? "something else" : expected);
  size_t type = token->getType();
  bool comparison = (type >= LsmpcParser::EQUAL && type <= LsmpcParser::MATCH) || type == LsmpcParser::IN || type == LsmpcParser::HAS ||
                    type == LsmpcParser::UNDER;
  bool after_condition = parser->getExpectedTokens().contains(static_cast<size_t>(LsmpcParser::DENY));
  if (comparison && after_condition)
    message.hint("comparisons do not chain: join them with `and`");
  else if (expected == "`present`")
    message.hint("a condition begins with `when`");
  else
    hintAtForeign(token, message);
}

}  // namespace lsmpc::parse
