#include "compiler/parse/parse.h"

#include <sstream>

#include "compiler/parse/scan.h"
#include "compiler/parse/syntax.h"
#include "compiler/parse/syntax_error.h"
#include "grammar/LsmpcLexer.h"

namespace lsmpc::parse {
namespace {

using diag::Kind;

bool isLater(size_t token) {
  switch (token) {
#define LSMPC_LATER(token) case LsmpcParser::token:
#include "compiler/parse/later_statements.def"
    return true;
    default: return false;
  }
}

struct Lexed {
  antlr4::ANTLRInputStream input;
  LsmpcLexer lexer;
  antlr4::CommonTokenStream stream;
  std::vector<antlr4::Token*> tokens;  // without comments
  std::vector<antlr4::Token*> comments;

  explicit Lexed(std::string_view text) : input(std::string(text)), lexer(&input), stream(&lexer) {
    lexer.removeErrorListeners();
    stream.fill();
    for (antlr4::Token* token : stream.getTokens())
      (token->getChannel() == antlr4::Token::DEFAULT_CHANNEL ? tokens : comments).push_back(token);
  }
};

// The `##` lines that end on the line just above `line`.
std::string docAbove(const std::vector<antlr4::Token*>& comments, size_t line) {
  std::vector<std::string> lines;
  for (auto comment = comments.rbegin(); comment != comments.rend(); ++comment) {
    if ((*comment)->getLine() >= line) continue;
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
      if (!statement()) skipToStatement(first);
      parser_.getTreeTracker().reset();
    }
    return std::move(file_);
  }

 private:
  bool statement() {
    antlr4::Token* first = lexed_.stream.LT(1);
    if (isLater(first->getType())) {
      emitter_.report(Kind::LaterStatement, places_.of(first), first->getText());
      return false;
    }
    bool starts = first->getType() <= LsmpcParser::ON && first->getType() != LsmpcParser::VERSION && first->getType() != LsmpcParser::MODE;
    if (!starts) {
      if (!reportBadToken(first, places_, emitter_))
        emitter_.report(Kind::Syntax, places_.of(first), describe(first), "a statement: `on`, `let`, `set`, `use` or `policy`");
      return false;
    }
    errors_.reset();
    auto* context = parser_.statement();
    if (errors_.failed()) return false;
    Builder builder{places_, emitter_};
    if (auto built = buildStatement(builder, context, docAbove(lexed_.comments, first->getLine())))
      file_.statements.push_back(std::move(*built));
    return true;
  }

  // The next place after `first` where a statement can begin: at least one token on, so that every round makes way.
  void skipToStatement(const antlr4::Token* first) {
    const auto& all = lexed_.tokens;
    size_t at = 0;
    while (all[at]->getTokenIndex() <= first->getTokenIndex()) ++at;
    while (at + 1 < all.size() && !beginsStatement(all, at)) ++at;
    parser_.reset();
    lexed_.stream.seek(all[at]->getTokenIndex());
  }

  Lexed& lexed_;
  const Places& places_;
  diag::Emitter& emitter_;
  LsmpcParser parser_;
  SyntaxErrors errors_;
  ast::File file_;
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

}  // namespace lsmpc::parse
