// How a statement can be laid out on lines, after Oppen's "Prettyprinting": groups of pieces, and between pieces places where a line may
// break. A group that fits stands on one line. Of one that does not, each `Line` breaks, and each `Fill` after which no room is left.
#pragma once

#include <vector>

#include "compiler/format/pieces.h"

namespace lsmpc::format {

enum class Break : uint8_t {
  None,
  Line,
  Fill,
  Item,      // Line, and an empty line there stays: between the elements of a list
  FillItem,  // the same as Fill
  Close,     // Line, one step less indented: before a closing bracket
  CloseSet,  // Close, and a comma ends the line before it
  Always,    // whatever has room; an empty line there stays
};

struct Group {
  size_t first;  // pieces first to last
  size_t last;
  uint32_t nest;  // its lines are so much deeper than those of the group around it
};

class Layout {
 public:
  // Of the statement that pieces[first, end) are. They are one group, whose lines are one step deeper than the statement.
  Layout(const std::vector<Piece>& pieces, size_t first, size_t end);

  // The first piece of the statement at or after a byte of the file, and the last one before it.
  size_t at(uint32_t offset) const;
  size_t before(uint32_t offset) const { return at(offset) - 1; }
  const Piece& piece(size_t at) const { return pieces_[at]; }
  size_t partner(size_t bracket) const { return partner_[bracket - first_]; }  // the other one of a pair
  // Whether one pair of brackets stands around just these pieces.
  bool inBrackets(size_t first, size_t last) const;

  void group(size_t first, size_t last, uint32_t nest) { groups_.push_back({first, last, nest}); }
  void breakBefore(size_t piece, Break kind) { breaks_[piece - first_] = kind; }
  void glue(size_t piece) { glued_[piece - first_] = true; }  // no space before it

  size_t first() const { return first_; }
  size_t end() const { return end_; }
  Break breakAt(size_t piece) const { return breaks_[piece - first_]; }
  bool spaceBefore(size_t piece) const;
  std::vector<Group> groups() const;  // outer ones before those in them

 private:
  const std::vector<Piece>& pieces_;
  size_t first_, end_;
  std::vector<Break> breaks_;
  std::vector<bool> glued_;
  std::vector<size_t> partner_;
  std::vector<Group> groups_;
};

}  // namespace lsmpc::format
