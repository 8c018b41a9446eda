#include "compiler/format/pieces.h"

#include <algorithm>

namespace lsmpc::format {
namespace {

// A line ends by LF, CR LF or CR.
size_t newlines(std::string_view text) {
  size_t count = 0;
  for (size_t i = 0; i < text.size(); ++i) count += text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n'));
  return count;
}

std::string_view withoutSpaceAtEnd(std::string_view text) { return text.substr(0, text.find_last_not_of(" \t\r\n") + 1); }

class Collector {
 public:
  explicit Collector(const Lexed& lexed) : lexed_(lexed) {}

  Pieces run() {
    size_t token = 0, comment = 0;
    while (token < lexed_.tokens.size() || comment < lexed_.comments.size()) {
      bool is_comment = token == lexed_.tokens.size() ||
                        (comment < lexed_.comments.size() && lexed_.comments[comment].begin < lexed_.tokens[token].begin);
      if (is_comment)
        addComment(lexed_.comments[comment++]);
      else
        addToken(token++);
    }
    addPiece("", static_cast<uint32_t>(lexed_.text.size()));
    return std::move(result_);
  }

 private:
  std::string_view textOf(base::Range range) const { return lexed_.text.substr(range.begin, range.end - range.begin); }
  size_t linesBefore(uint32_t begin) const { return newlines(lexed_.text.substr(end_, begin - end_)); }

  size_t columnOf(uint32_t begin) const {
    size_t line = begin == 0 ? std::string_view::npos : lexed_.text.find_last_of("\r\n", begin - 1);
    return line == std::string_view::npos ? begin : begin - line - 1;
  }

  void addComment(base::Range range) {
    size_t lines = linesBefore(range.begin), column = columnOf(range.begin);
    bool first = result_.comments.size() == waiting_;
    Comment comment{withoutSpaceAtEnd(textOf(range))};
    comment.trailing = first && lines == 0 && !result_.pieces.empty();
    comment.blank_above = lines > 1;
    if (!first) {
      const Comment& above = result_.comments.back();
      comment.aligned = (above.trailing || above.aligned) && lines == 1 && column == column_;
    }
    result_.comments.push_back(comment);
    column_ = column;
    end_ = range.end;
  }

  void addToken(size_t at) {
    base::Range range = lexed_.tokens[at];
    std::string_view text = textOf(range);
    bool comma = text == ",";
    if (comma && at + 1 < lexed_.tokens.size() && textOf(lexed_.tokens[at + 1]) == "}") {
      end_ = range.end;
      return;
    }
    addPiece(text, range.begin);
    if (comma) {
      result_.pieces.back().comments_end = result_.pieces.back().comments;
      result_.pieces.back().blank_above = false;
    } else {
      waiting_ = result_.comments.size();
    }
    end_ = range.end;
  }

  void addPiece(std::string_view text, uint32_t begin) {
    Piece piece{text, begin, static_cast<uint32_t>(waiting_), static_cast<uint32_t>(result_.comments.size())};
    piece.blank_above = linesBefore(begin) > 1;
    result_.pieces.push_back(piece);
  }

  const Lexed& lexed_;
  Pieces result_;
  size_t waiting_ = 0;  // comments from here on are of the next token
  size_t column_ = 0;   // of the last comment
  uint32_t end_ = 0;    // of what was read last
};

}  // namespace

Pieces piecesOf(const Lexed& lexed) { return Collector(lexed).run(); }

bool sameContent(const Lexed& one, const Lexed& other) {
  Pieces a = piecesOf(one), b = piecesOf(other);
  auto sameText = [](const auto& left, const auto& right) { return left.text == right.text; };
  return std::equal(a.pieces.begin(), a.pieces.end(), b.pieces.begin(), b.pieces.end(), sameText) &&
         std::equal(a.comments.begin(), a.comments.end(), b.comments.begin(), b.comments.end(), sameText);
}

}  // namespace lsmpc::format
