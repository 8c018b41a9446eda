#include "runtime/where_token.h"

#include <algorithm>
#include <iterator>

namespace lsmpc::runtime {
namespace {

using Kind = WhereToken::Kind;

constexpr std::string_view kDigits = "0123456789", kHex = "0123456789abcdefABCDEF";
constexpr std::string_view kWord = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_";
constexpr std::string_view kSymbols[] = {"==", "!=", "<=", ">=", "!~", "..", "<", ">", "~", ",", "-", "(", ")", "{", "}"};
constexpr size_t kWidth = 120;  // bytes of the text that are shown

struct Slip {
  std::string_view written, meant;
};
constexpr Slip kSlips[] = {{"=~", "~"}, {"=", "=="}, {"&&", "and"}, {"||", "or"}, {"!", "not"}, {"'", "\""}};

size_t runOf(std::string_view text, std::string_view set) { return std::min(text.find_first_not_of(set), text.size()); }

// Words have dots inside: object.path.
size_t wordLength(std::string_view text) {
  size_t length = runOf(text, kWord);
  while (length + 1 < text.size() && text[length] == '.' && kWord.find(text[length + 1]) != std::string_view::npos)
    length += 1 + runOf(text.substr(length + 1), kWord);
  return length;
}

// 10.0.0.1, fd00::1, both with a prefix; 0 where the text does not begin so.
size_t addressLength(std::string_view text) {
  size_t length = runOf(text, ":.0123456789abcdefABCDEF");
  std::string_view host = text.substr(0, length);
  bool v6 = std::count(host.begin(), host.end(), ':') >= 2;
  bool v4 = std::count(host.begin(), host.end(), '.') == 3 && runOf(host, ".0123456789") == length && host.find("..") == host.npos;
  if (!v6 && !v4) return 0;
  bool prefixed = length + 1 < text.size() && text[length] == '/' && kDigits.find(text[length + 1]) != kDigits.npos;
  return length + (prefixed ? 1 + runOf(text.substr(length + 1), kDigits) : 0);
}

// With both quotes; 0 where the second is missing.
size_t stringLength(std::string_view text) {
  for (size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '"') return i + 1;
    if (text[i] == '\\') ++i;
  }
  return 0;
}

size_t symbolLength(std::string_view text) {
  for (std::string_view symbol : kSymbols)
    if (text.starts_with(symbol)) return symbol.size();
  return 0;
}

// The token that the text begins with; of length 0 where it begins with none.
WhereToken tokenOf(std::string_view text, size_t at) {
  std::string_view rest = text.substr(at);
  auto token = [&](Kind kind, size_t length) { return WhereToken{kind, rest.substr(0, length), at}; };
  if (size_t length = addressLength(rest)) return token(Kind::Address, length);
  if (rest[0] == '"') return token(Kind::String, stringLength(rest));
  if (kDigits.find(rest[0]) != kDigits.npos) return token(Kind::Number, runOf(rest, kWord));
  if (size_t length = wordLength(rest)) return token(Kind::Word, length);
  return token(Kind::Symbol, symbolLength(rest));
}

size_t characters(std::string_view text) {
  return static_cast<size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

void blankControls(std::string& line) {
  for (char& c : line)
    if (static_cast<unsigned char>(c) < ' ' || c == 0x7f) c = ' ';
}

// The line and carets under [begin, end); clipped around them.
std::string shown(std::string_view text, size_t begin, size_t end) {
  size_t from = begin > kWidth / 2 ? begin - kWidth / 2 : 0;
  while (from && (text[from] & 0xc0) == 0x80) --from;  // not inside a character
  std::string line(text.substr(from, kWidth));
  blankControls(line);
  end = std::min(end, from + line.size());
  size_t carets = std::max<size_t>(1, characters(text.substr(begin, end - std::min(begin, end))));
  return "  " + line + "\n  " + std::string(characters(text.substr(from, begin - from)), ' ') + "^" + std::string(carets - 1, '~') + "\n";
}

}  // namespace

std::string quoted(const WhereToken& token) {
  if (token.kind == Kind::End) return "the end";
  size_t length = std::min(token.text.size(), kWidth / 2);
  while (length < token.text.size() && (token.text[length] & 0xc0) == 0x80) ++length;
  std::string text(token.text.substr(0, length));
  blankControls(text);
  return "`" + text + (length < token.text.size() ? "…`" : "`");
}

WhereTokens::WhereTokens(std::string_view text) : text_(text) {
  for (size_t at = 0; (at = text.find_first_not_of(" \t\r\n", at)) != text.npos; at += tokens_.back().text.size()) {
    tokens_.push_back(tokenOf(text, at));
    WhereToken& token = tokens_.back();
    if (!token.text.empty()) continue;
    std::string_view rest = text.substr(at);
    if (token.kind == Kind::String)
      refuse(Message::ConditionUnreadable, {token.kind, rest, at}, "this text has no end", "it ends with `\"`");
    auto slip = std::find_if(std::begin(kSlips), std::end(kSlips), [&](const Slip& one) { return rest.starts_with(one.written); });
    size_t length = slip == std::end(kSlips) ? 1 : slip->written.size();
    while (length < rest.size() && (rest[length] & 0xc0) == 0x80) ++length;
    token.text = rest.substr(0, length);
    refuse(Message::ConditionUnreadable, token, quoted(token) + " means nothing here",
           slip == std::end(kSlips) ? "" : "write `" + std::string(slip->meant) + "`");
  }
  tokens_.push_back({Kind::End, "", text.size()});
}

bool WhereTokens::takeIf(std::string_view symbol_or_word) {
  bool found = next().is(symbol_or_word);
  if (found) take();
  return found;
}

void WhereTokens::expect(std::string_view symbol) {
  if (!takeIf(symbol)) refuseNext("`" + std::string(symbol) + "`");
}

void WhereTokens::refuse(Message message, const WhereToken& token, const std::string& what, const std::string& hint) const {
  throw Failure(message, {std::to_string(token.begin + 1), what, hint}, shown(text_, token.begin, token.begin + token.text.size()));
}

void WhereTokens::refuseNext(const std::string& what, const std::string& hint) const {
  refuse(Message::ConditionUnreadable, next(), "expected " + what + ", found " + quoted(next()), hint);
}

}  // namespace lsmpc::runtime
