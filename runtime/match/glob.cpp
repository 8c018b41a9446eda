#include "runtime/match/glob.h"

namespace lsmpc::match {
namespace {

constexpr size_t kMaxBytes = 4096;  // PATH_MAX: a longer literal can match nothing, and it bounds all work below
constexpr size_t kMaxNesting = 16;

class GlobParser {
 public:
  GlobParser(std::string_view text, Alphabet alphabet) : text_(text), alphabet_(alphabet) {}

  ParsedGlob parse() {
    ParsedGlob result;
    if (text_.size() > kMaxBytes) {
      fail(kMaxBytes, 1, "a pattern of " + std::to_string(text_.size()) + " bytes; the longest path has 4096");
    } else {
      result.items = sequence(0);
      if (!error_ && at_ < text_.size()) fail(at_, 1, "`}` closes nothing; write `\\}` for the byte itself");
    }
    result.error = error_;
    return result;
  }

 private:
  void fail(size_t offset, size_t length, std::string text) {
    if (!error_) error_ = PatternError{offset, length, std::move(text)};
    at_ = text_.size();
  }

  GlobSequence sequence(size_t nesting) {
    GlobSequence items;
    while (at_ < text_.size()) {
      char c = text_[at_];
      if (nesting > 0 && (c == ',' || c == '}')) break;
      if (c == '}') break;  // parse() reports it
      items.push_back(item(c, nesting));
    }
    return items;
  }

  GlobItem item(char c, size_t nesting) {
    GlobItem result;
    result.offset = at_;
    switch (c) {
      case '*': readRun(result); break;
      case '?':
        ++at_;
        result.set = wildBytes();
        break;
      case '[': readClass(result); break;
      case '{': readChoice(result, nesting); break;
      default: result.set.set(quotedByte()); break;
    }
    result.length = at_ - result.offset;
    return result;
  }

  // `**` and longer runs of stars are one item.
  void readRun(GlobItem& result) {
    result.kind = GlobItem::Kind::Run;
    size_t stars = 0;
    for (; at_ < text_.size() && text_[at_] == '*'; ++at_) ++stars;
    result.set = stars == 1 ? wildBytes() : ByteSet().set();
  }

  void readChoice(GlobItem& result, size_t nesting) {
    size_t open = at_++;
    result.kind = GlobItem::Kind::Choice;
    if (nesting == kMaxNesting) return fail(open, 1, "`{` nested deeper than " + std::to_string(kMaxNesting));
    while (true) {
      result.choices.push_back(sequence(nesting + 1));
      if (error_) return;
      if (at_ == text_.size()) return fail(open, 1, "unclosed `{`");
      if (text_[at_++] == '}') return;
    }
  }

  void readClass(GlobItem& result) {
    size_t open = at_++;
    bool negated = at_ < text_.size() && text_[at_] == '^';
    if (negated) ++at_;
    size_t first = at_;
    while (at_ < text_.size() && text_[at_] != ']') readRange(result.set);
    if (error_) return;
    if (at_ == text_.size()) return fail(open, 1, "unclosed `[`");
    if (at_ == first) return fail(open, at_ + 1 - open, "an empty `[]`; write `\\]` for the byte itself");
    ++at_;
    if (negated) result.set = ~result.set;
    result.set &= wildBytes();
    if (result.set.none()) fail(open, at_ - open, "`" + std::string(text_.substr(open, at_ - open)) + "` matches no byte");
  }

  void readRange(ByteSet& set) {
    size_t start = at_;
    unsigned low = quotedByte();
    unsigned high = low;
    if (at_ + 1 < text_.size() && text_[at_] == '-' && text_[at_ + 1] != ']') {
      ++at_;
      high = quotedByte();
    }
    if (high < low) return fail(start, at_ - start, "a range that runs backwards");
    for (unsigned b = low; b <= high; ++b) set.set(b);
  }

  unsigned char quotedByte() {
    if (text_[at_] == '\\' && ++at_ == text_.size()) {
      fail(at_ - 1, 1, "`\\` quotes nothing; write `\\\\` for the byte itself");
      return '\\';
    }
    return static_cast<unsigned char>(text_[at_++]);
  }

  ByteSet wildBytes() const {
    ByteSet set;
    set.set();
    if (alphabet_ == Alphabet::Path) set.reset('/');
    return set;
  }

  std::string_view text_;
  Alphabet alphabet_;
  size_t at_ = 0;
  std::optional<PatternError> error_;
};

}  // namespace

ParsedGlob parseGlob(std::string_view glob, Alphabet alphabet) { return GlobParser(glob, alphabet).parse(); }

std::optional<std::string> onlyText(const Pattern& pattern) {
  if (pattern.kind == Pattern::Kind::Literal) return pattern.text;
  if (pattern.kind == Pattern::Kind::Under) return std::nullopt;
  if (pattern.text.find_first_of("*?[{\\") == std::string::npos) return pattern.text;
  ParsedGlob parsed = parseGlob(pattern.text, Alphabet::String);
  std::string text;
  for (const GlobItem& item : parsed.items) {
    if (item.kind != GlobItem::Kind::One || item.set.count() != 1) return std::nullopt;
    text.push_back(static_cast<char>(item.set._Find_first()));
  }
  return parsed.error ? std::nullopt : std::optional(text);
}

}  // namespace lsmpc::match
