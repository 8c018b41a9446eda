#include "compiler/parse/parse.h"

#include <algorithm>
#include <bit>
#include <sstream>

#include "compiler/parse/scan.h"
#include "compiler/parse/syntax.h"
#include "compiler/parse/syntax_error.h"
#include "grammar/LsmpcLexer.h"

namespace lsmpc::parse {
namespace {

using diag::Kind;

bool opensBlock(size_t token) { return token == LsmpcParser::SCOPE || token == LsmpcParser::TEMPLATE; }

// The text's characters; scanText has seen that it is UTF-8. The decoder that ANTLR's runtime 4.9 brings takes 20 bytes of memory for each.
struct Characters : antlr4::ANTLRInputStream {
  explicit Characters(std::string_view text) {
    if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
    _data.reserve(text.size());
    for (char one : text) {
      auto byte = static_cast<unsigned char>(one);
      if ((byte & 0xc0) != 0x80)
        _data.push_back(byte & 0x7fu >> std::countl_one(byte));
      else
        _data.back() = _data.back() << 6 | (byte & 0x3fu);
    }
  }
};

struct Lexed {
  Characters input;
  LsmpcLexer lexer;
  antlr4::CommonTokenStream stream;
  std::vector<antlr4::Token*> tokens;  // without comments
  std::vector<antlr4::Token*> comments;

  explicit Lexed(std::string_view text) : input(text), lexer(&input), stream(&lexer) {
    lexer.removeErrorListeners();
    stream.fill();
    for (antlr4::Token* token : stream.getTokens())
      (token->getChannel() == antlr4::Token::DEFAULT_CHANNEL ? tokens : comments).push_back(token);
    markCalls(tokens);
  }
};

// Gives up at the first fault without a word.
struct Stop : antlr4::BailErrorStrategy {
  void reportError(antlr4::Parser*, const antlr4::RecognitionException&) override {}
};

// The `##` lines that end on the line just above `line`.
std::string docAbove(const std::vector<antlr4::Token*>& comments, size_t line) {
  std::vector<std::string> lines;
  auto below = std::partition_point(comments.begin(), comments.end(), [&](antlr4::Token* comment) { return comment->getLine() < line; });
  for (auto comment = std::make_reverse_iterator(below); comment != comments.rend(); ++comment) {
    std::string text = (*comment)->getText();
    if ((*comment)->getLine() + 1 != line || text.rfind("##", 0) != 0) break;
    size_t start = text.find_first_not_of("# ");
    lines.push_back(start == std::string::npos ? "" : text.substr(start));
    --line;
  }
  std::string doc;
  for (auto entry = lines.rbegin(); entry != lines.rend(); ++entry) doc += (doc.empty() ? "" : "\n") + *entry;
  return doc;
}

class FileParser {
 public:
  FileParser(base::FileId file, Lexed& lexed, const Places& places, diag::Emitter& emitter)
      : lexed_(lexed),
        places_(places),
        emitter_(emitter),
        parser_(&lexed.stream),
        errors_(places, emitter) {
    file_.file = file;
    parser_.removeErrorListeners();
    parser_.addErrorListener(&errors_);
  }

  ast::File run() {
    for (antlr4::Token* comment : lexed_.comments) file_.comments.push_back({places_.of(comment)});
    while (lexed_.stream.LA(1) != antlr4::Token::EOF) {
      const antlr4::Token* first = lexed_.stream.LT(1);
      if (!closeBlock() && !statement()) skipToStatement(first);
      parser_.getTreeTracker().reset();
    }
    if (!open_.empty()) emitter_.report(Kind::OpenBlock, open_.back().head).hint("a `}` closes it");
    return std::move(file_);
  }

 private:
  bool statement() {
    antlr4::Token* first = lexed_.stream.LT(1);
    bool call =
        first->getType() == LsmpcParser::CALL || (first->getType() == LsmpcParser::NAME && lexed_.stream.LA(2) == LsmpcParser::LPAREN);
    if (!isStatementWord(first->getType()) && !call) {
      if (!reportBadToken(first, places_, emitter_))
        emitter_.report(Kind::Syntax, places_.of(first), describe(first), "a statement: `on`, `let`, `set`, `use` or `policy`");
      return false;
    }
    errors_.reset();
    auto* context = readStatement();
    if (errors_.failed()) return false;
    Builder builder{places_, emitter_};
    if (auto built = buildStatement(builder, context, docAbove(lexed_.comments, first->getLine()))) add(std::move(*built), first);
    return true;
  }

  // Most statements are right: a first reading stops at the first fault, and only then a second one looks at what could stand at each token.
  LsmpcParser::StatementContext* readStatement() {
    size_t start = lexed_.stream.index();
    parser_.setErrorHandler(stop_);
    try {
      return parser_.statement();
    } catch (const antlr4::ParseCancellationException&) {
      parser_.reset();
      lexed_.stream.seek(start);
      parser_.setErrorHandler(explain_);
      return parser_.statement();
    }
  }

  void add(ast::Statement statement, const antlr4::Token* first) {
    auto* scope = std::get_if<ast::Scope>(&statement);
    auto* definition = std::get_if<ast::Template>(&statement);
    ast::Block* block = scope ? scope->block.get() : definition ? definition->block.get() : nullptr;
    base::Range head = scope ? scope->range : definition ? definition->range : base::Range{};
    if (block && open_.size() >= kMaxNesting) return openTooDeep(head);
    bool inner = scope || std::holds_alternative<ast::On>(statement) || std::holds_alternative<ast::CallStatement>(statement);
    if (!open_.empty() && !inner) {
      emitter_.report(Kind::Misplaced, places_.of(first), first->getText()).hint("rules, scopes and calls of templates stand in a block");
      if (block) block = &lost_;
    } else {
      (open_.empty() ? file_.statements : open_.back().block->statements).push_back(std::move(statement));
    }
    if (block) open_.push_back({block, head});
  }

  void openTooDeep(base::Range head) {
    if (open_.size() == kMaxNesting) emitter_.report(Kind::TooDeep, head, std::to_string(kMaxNesting)).hint("join conditions by `and`");
    open_.push_back({&lost_, head});
  }

  bool closeBlock() {
    if (open_.empty() || lexed_.stream.LA(1) != LsmpcParser::RBRACE) return false;
    open_.pop_back();
    lexed_.stream.consume();
    return true;
  }

  // The next place after `first` where a statement can begin: at least one token on, so that every round makes way.
  void skipToStatement(const antlr4::Token* first) {
    const auto& all = lexed_.tokens;
    auto after = std::partition_point(all.begin(), all.end(),
                                      [&](antlr4::Token* token) { return token->getTokenIndex() <= first->getTokenIndex(); });
    auto at = static_cast<size_t>(after - all.begin());
    auto ends = [&](size_t i) { return !open_.empty() && all[i]->getType() == LsmpcParser::RBRACE && startsLine(all, i); };
    int braces = 0;
    for (; at + 1 < all.size() && !beginsStatement(all, at) && !ends(at); ++at)
      braces += (all[at]->getType() == LsmpcParser::LBRACE) - (all[at]->getType() == LsmpcParser::RBRACE);
    // The block of a head that could not be read: its `}` is no error, what stands in it is lost.
    if (opensBlock(first->getType()) && braces > 0) open_.push_back({&lost_, places_.of(first)});
    parser_.reset();
    lexed_.stream.seek(all[at]->getTokenIndex());
  }

  Lexed& lexed_;
  const Places& places_;
  diag::Emitter& emitter_;
  LsmpcParser parser_;
  std::shared_ptr<antlr4::ANTLRErrorStrategy> stop_ = std::make_shared<Stop>();
  std::shared_ptr<antlr4::ANTLRErrorStrategy> explain_ = std::make_shared<antlr4::DefaultErrorStrategy>();
  SyntaxErrors errors_;
  ast::File file_;
  struct Open {
    ast::Block* block;
    base::Range head;
  };
  std::vector<Open> open_;  // the blocks around the place that is read
  ast::Block lost_;
};

}  // namespace

std::optional<ast::File> parseFile(const base::SourceSet& sources, base::FileId file, diag::Emitter& emitter) {
  std::string_view text = sources.file(file).text();
  if (!scanText(file, text, emitter)) return std::nullopt;
  Places places(file, text);
  Lexed lexed(text);
  if (!scanNesting(lexed.tokens, places, emitter)) return std::nullopt;
  size_t errors_before = emitter.errorCount();
  ast::File parsed = FileParser(file, lexed, places, emitter).run();
  if (parsed.statements.empty() && emitter.errorCount() == errors_before) {
    emitter.report(Kind::EmptyFile, {file, 0, 0}).hint("a rule is, for example: on file_open when path ~ \"/etc/*\" deny EPERM");
    return std::nullopt;
  }
  return parsed;
}

std::optional<std::string> dumpTokens(const base::SourceSet& sources, base::FileId file, diag::Emitter& emitter) {
  if (!scanText(file, sources.file(file).text(), emitter)) return std::nullopt;
  Lexed lexed(sources.file(file).text());
  std::ostringstream out;
  for (antlr4::Token* token : lexed.tokens) {
    if (token->getType() == antlr4::Token::EOF) break;
    out << token->getLine() << ":" << token->getCharPositionInLine() + 1 << " "
        << lexed.lexer.getVocabulary().getSymbolicName(token->getType()) << " " << token->getText() << "\n";
  }
  return out.str();
}

TokenRanges tokenRanges(const base::SourceSet& sources, base::FileId file) {
  std::string_view text = sources.file(file).text();
  Places places(file, text);
  Lexed lexed(text);
  TokenRanges ranges;
  for (antlr4::Token* token : lexed.tokens)
    if (token->getType() != antlr4::Token::EOF) ranges.tokens.push_back(places.of(token));
  for (antlr4::Token* comment : lexed.comments) ranges.comments.push_back(places.of(comment));
  return ranges;
}

}  // namespace lsmpc::parse
