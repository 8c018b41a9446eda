#include "compiler/format/format.h"

#include "compiler/format/layout.h"
#include "compiler/format/pieces.h"
#include "compiler/format/printer.h"
#include "compiler/format/statement.h"

namespace lsmpc::format {
namespace {

const ast::Block* blockOf(const ast::Statement& statement) {
  if (auto* scope = std::get_if<ast::Scope>(&statement)) return scope->block.get();
  if (auto* definition = std::get_if<ast::Template>(&statement)) return definition->block.get();
  return nullptr;
}

base::Range rangeOf(const ast::Statement& statement) {
  return std::visit([](const auto& one) { return one.range; }, statement);
}

class Formatter {
 public:
  explicit Formatter(const Lexed& lexed) : all_(piecesOf(lexed)) {}

  std::string run(const ast::File& file) {
    statements(file.statements);
    between();  // what stands before the file's end
    if (!text_.empty()) text_.line(0, false);
    return text_.take();
  }

 private:
  const Piece& next() const { return all_.pieces[at_]; }
  uint32_t indent() const { return depth_ * kIndent; }

  void statements(const std::vector<ast::Statement>& list) {
    for (const ast::Statement& statement : list) {
      between();
      text_.line(indent(), next().blank_above);
      one(statement);
      if (const ast::Block* block = blockOf(statement)) inBlock(*block);
    }
  }

  void one(const ast::Statement& statement) {
    size_t first = at_;
    for (base::Range range = rangeOf(statement); next().begin < range.end && at_ + 1 < all_.pieces.size();) ++at_;
    Layout layout(all_.pieces, first, at_);
    std::visit([&](const auto& kind) { layOut(layout, kind); }, statement);
    printStatement(layout, all_, indent(), text_);
  }

  void inBlock(const ast::Block& block) {
    ++depth_;
    statements(block.statements);
    between();
    --depth_;
    text_.line(indent(), false);
    text_.add(next().text);
    ++at_;
  }

  // The comments before the next piece, which begins a line.
  void between() {
    for (uint32_t at = next().comments; at < next().comments_end; ++at) text_.comment(all_.comments[at], indent());
  }

  Pieces all_;
  Text text_;
  size_t at_ = 0;
  uint32_t depth_ = 0;
};

}  // namespace

std::string formatFile(const Lexed& lexed, const ast::File& file) { return Formatter(lexed).run(file); }

}  // namespace lsmpc::format
