// A file as what stands in it, in order: its tokens, and before each of them comments and empty lines. What no canonical text depends on is
// gone: white space, the comma after the last element of a set, and whether a comment stood before a comma or behind it (here: behind).
#pragma once

#include <string_view>
#include <vector>

#include "compiler/format/format.h"

namespace lsmpc::format {

struct Comment {
  std::string_view text;     // without white space at its end
  bool trailing = false;     // on the line of what stands before it
  bool aligned = false;      // goes on in the column of the trailing comment just above
  bool blank_above = false;  // after an empty line
};

struct Piece {
  std::string_view text;  // of a token; of the last piece, the end of the file, ""
  uint32_t begin = 0;     // in bytes
  uint32_t comments = 0;  // those before it: from here in Pieces::comments
  uint32_t comments_end = 0;
  bool blank_above = false;  // after an empty line

  bool hasComments() const { return comments != comments_end; }
};

struct Pieces {
  std::vector<Piece> pieces;
  std::vector<Comment> comments;
};

Pieces piecesOf(const Lexed& lexed);

}  // namespace lsmpc::format
