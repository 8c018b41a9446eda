#include "runtime/where_text.h"

#include <charconv>

#include "runtime/utf8.h"

namespace lsmpc::runtime {
namespace {

struct Escape {
  size_t length = 0;  // 0: it is none
  char byte = 0;
};

// `text` begins with a backslash.
Escape escapeOf(std::string_view text) {
  constexpr std::string_view kNames = "\"\\nt", kBytes = "\"\\\n\t";
  if (text.size() < 2) return {};
  if (size_t at = kNames.find(text[1]); at != kNames.npos) return {2, kBytes[at]};
  unsigned char byte = 0;
  if (text[1] != 'x' || text.size() < 4 || std::from_chars(text.data() + 2, text.data() + 4, byte, 16).ptr != text.data() + 4) return {};
  return {4, static_cast<char>(byte)};
}

std::string resolved(const WhereTokens& tokens, const WhereToken& string, std::string_view kept, const char* hint) {
  std::string_view inner = string.text.substr(1, string.text.size() - 2);
  std::string text;
  for (size_t i = 0; i < inner.size();) {
    if (inner[i] != '\\') {
      text += inner[i++];
      continue;
    }
    std::string_view rest = inner.substr(i);
    Escape escape = escapeOf(rest);
    bool keeps = rest.size() > 1 && kept.find(rest[1]) != kept.npos;
    if (!keeps && !escape.length) {
      WhereToken place{string.kind, rest.substr(0, 1 + firstCharacter(rest.substr(1)).bytes), string.begin + 1 + i};
      tokens.refuse(Message::ConditionUnreadable, place, quoted(place) + " is no escape", hint);
    }
    text += keeps ? std::string(rest.substr(0, 2)) : std::string(1, escape.byte);
    i += keeps ? 2 : escape.length;
  }
  return text;
}

}  // namespace

std::string textOf(const WhereTokens& tokens, const WhereToken& string) {
  return resolved(tokens, string, "", "escapes are \\\" \\\\ \\n \\t \\xHH");
}

std::string globOf(const WhereTokens& tokens, const WhereToken& string) {
  return resolved(tokens, string, "\\*?[]{},^-", "escapes are \\\" \\\\ \\n \\t \\xHH, and \\ before * ? [ ] { } , ^ -");
}

}  // namespace lsmpc::runtime
