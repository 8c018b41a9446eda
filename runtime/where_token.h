// The text of a condition in words, and where each stands: what the reader goes along.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "runtime/message.h"

namespace lsmpc::runtime {

struct WhereToken {
  enum class Kind { Word, Number, Address, String, Symbol, End } kind;
  std::string_view text;  // a string's with its quotes
  size_t begin;           // byte of the condition's text

  bool is(std::string_view symbol_or_word) const { return text == symbol_or_word && (kind == Kind::Symbol || kind == Kind::Word); }
};

// For a message: in backticks, or `the end`.
std::string quoted(const WhereToken& token);

class WhereTokens {
 public:
  // Throws Failure ConditionUnreadable; `text` outlives it.
  explicit WhereTokens(std::string_view text);

  const WhereToken& next() const { return tokens_[at_]; }
  const WhereToken& second() const { return tokens_[at_ + (at_ + 1 < tokens_.size())]; }
  WhereToken take() { return tokens_[at_ + 1 < tokens_.size() ? at_++ : at_]; }
  bool takeIf(std::string_view symbol_or_word);
  void expect(std::string_view symbol);

  // Shows the text with carets under `token`. `arguments` are those of the message behind the column: what is wrong, the way out.
  [[noreturn]] void refuse(Message message, const WhereToken& token, const std::string& what, const std::string& hint) const;
  // ConditionUnreadable: that `what` should stand where the next token does.
  [[noreturn]] void refuseNext(const std::string& what, const std::string& hint = "") const;

 private:
  std::string_view text_;
  std::vector<WhereToken> tokens_;
  size_t at_ = 0;
};

}  // namespace lsmpc::runtime
