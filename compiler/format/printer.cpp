#include "compiler/format/printer.h"

#include <algorithm>

namespace lsmpc::format {

uint32_t codePoints(std::string_view text) {
  return static_cast<uint32_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

void Text::add(std::string_view piece) {
  text_ += piece;
  column_ += codePoints(piece);
  opened_ = piece == "{" || piece == "(";
}

void Text::line(uint32_t indent, bool blank_above) {
  if (!text_.empty()) text_ += blank_above && !opened_ ? "\n\n" : "\n";
  text_.append(indent, ' ');
  column_ = indent;
}

void Text::comment(const Comment& comment, uint32_t indent) {
  bool opened = opened_ && comment.trailing;
  if (comment.trailing)
    add("  ");
  else
    line(comment.aligned ? comment_column_ : indent, comment.blank_above);
  comment_column_ = column_;
  add(comment.text);
  opened_ = opened;
}

namespace {

class Printer {
 public:
  Printer(const Layout& layout, const Pieces& all, Text& text)
      : layout_(layout),
        all_(all),
        text_(text),
        groups_(layout.groups()),
        count_(layout.end() - layout.first()) {
    measure();
    findBreaks();
  }

  void run(uint32_t indent) {
    open_.push_back({count_ - 1, indent + kIndent, !fits(0, count_ - 1)});
    auto next = groups_.begin();
    for (size_t i = 0; i < count_; ++i) {
      closeBefore(i);
      if (i > 0) gap(i);
      for (; next != groups_.end() && next->first - layout_.first() == i; ++next) {
        size_t last = next->last - layout_.first();
        open_.push_back({last, open_.back().indent + next->nest, open_.back().broken && !fits(i, last)});
      }
      text_.add(piece(i).text);
    }
  }

 private:
  struct Open {
    size_t last;
    uint32_t indent;
    bool broken;
  };

  const Piece& piece(size_t i) const { return all_.pieces[layout_.first() + i]; }
  Break breakAt(size_t i) const { return i < count_ ? layout_.breakAt(layout_.first() + i) : Break::None; }
  bool isSpaced(size_t i) const { return layout_.spaceBefore(layout_.first() + i); }
  // A line ends here, whatever fits.
  bool mustBreak(size_t i) const {
    bool item = breakAt(i) == Break::Item || breakAt(i) == Break::FillItem;
    return piece(i).hasComments() || breakAt(i) == Break::Always || (item && piece(i).blank_above);
  }

  void closeBefore(size_t i) {
    while (open_.back().last < i) open_.pop_back();
  }

  // Where each piece ends if the statement stands on one line, and how many breaks before it must be.
  void measure() {
    uint32_t end = 0;
    for (size_t i = 0; i < count_; ++i) {
      if (i > 0 && isSpaced(i)) ++end;
      begins_.push_back(end);
      end += codePoints(piece(i).text);
      ends_.push_back(end);
      musts_.push_back((i > 0 ? musts_.back() : 0) + (i > 0 && mustBreak(i)));
    }
  }

  // For each piece the next one before which a line may break, of any group, and of the same one.
  void findBreaks() {
    next_.assign(count_, count_);
    for (size_t i = count_ - 1; i > 0; --i) next_[i - 1] = breakAt(i) != Break::None || mustBreak(i) ? i : next_[i];
    next_of_group_.assign(count_, 0);
    std::vector<std::pair<size_t, size_t>> open = {{count_ - 1, 0}};  // last piece of a group, its last break
    auto next = groups_.begin();
    for (size_t i = 0; i < count_; ++i) {
      for (; open.back().first < i; open.pop_back())
        if (open.back().second) next_of_group_[open.back().second] = open.back().first + 1;
      if (breakAt(i) != Break::None) {
        if (open.back().second) next_of_group_[open.back().second] = i;
        open.back().second = i;
      }
      for (; next != groups_.end() && next->first - layout_.first() == i; ++next) open.push_back({next->last - layout_.first(), 0});
    }
    for (const auto& [last, at] : open)
      if (at) next_of_group_[at] = last + 1;
  }

  // Whether pieces first to last, and what cannot be parted from the last, have room on the line that `first` begins or goes on.
  bool fits(size_t first, size_t last) const {
    if (musts_[last] != musts_[first]) return false;
    size_t next = next_[last];
    uint32_t comma = breakAt(next) == Break::CloseSet ? 1 : 0;
    return text_.column() + ends_[next - 1] - begins_[first] + comma <= kWidth;
  }

  bool isBroken(size_t i) const {
    if (piece(i).hasComments()) return true;
    if (!open_.back().broken) return false;
    switch (breakAt(i)) {
      case Break::None: return false;
      case Break::Fill:
      case Break::FillItem: return mustBreak(i) || !fitsOn(i);
      default: return true;
    }
  }

  // What stands up to the next break of its group, after the space before it.
  bool fitsOn(size_t i) const {
    size_t last = next_of_group_[i] - 1;
    if (musts_[last] != musts_[i]) return false;
    size_t next = next_[last];
    uint32_t comma = breakAt(next) == Break::CloseSet ? 1 : 0;
    return text_.column() + ends_[next - 1] - ends_[i - 1] + comma <= kWidth;
  }

  // Below a comment with its own line it tells whether that belongs to what follows: lint's allowances do.
  bool keepsBlank(size_t i, bool closes) const {
    if (!piece(i).hasComments()) return mustBreak(i);
    return !closes || !all_.comments[piece(i).comments_end - 1].trailing;
  }

  void gap(size_t i) {
    if (!isBroken(i)) {
      if (isSpaced(i)) text_.add(" ");
      return;
    }
    Break kind = breakAt(i);
    if (kind == Break::CloseSet) text_.add(",");
    uint32_t indent = open_.back().indent;
    for (uint32_t at = piece(i).comments; at < piece(i).comments_end; ++at) text_.comment(all_.comments[at], indent);
    bool closes = kind == Break::Close || kind == Break::CloseSet;
    text_.line(closes ? indent - kIndent : indent, piece(i).blank_above && keepsBlank(i, closes));
  }

  const Layout& layout_;
  const Pieces& all_;
  Text& text_;
  std::vector<Group> groups_;
  size_t count_;
  std::vector<uint32_t> begins_, ends_, musts_;
  std::vector<size_t> next_, next_of_group_;
  std::vector<Open> open_;
};

}  // namespace

void printStatement(const Layout& layout, const Pieces& all, uint32_t indent, Text& text) { Printer(layout, all, text).run(indent); }

}  // namespace lsmpc::format
