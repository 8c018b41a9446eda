#include <arpa/inet.h>

#include <charconv>
#include <cstring>

#include "compiler/parse/syntax.h"

namespace lsmpc::parse {
namespace {

int hexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// The byte that the escape at text[at] (after the backslash) stands for; `at` moves to its last byte. -1: no such escape.
int escaped(std::string_view text, size_t& at) {
  switch (text[at]) {
    case '"': return '"';
    case '\\': return '\\';
    case 'n': return '\n';
    case 't': return '\t';
    case 'x': {
      if (at + 2 >= text.size()) return -1;
      int high = hexDigit(text[at + 1]), low = hexDigit(text[at + 2]);
      at += 2;
      return high < 0 || low < 0 ? -1 : high * 16 + low;
    }
    default: return -1;
  }
}

}  // namespace

ast::ExprPtr integerLiteral(const std::string& text, bool negative, base::Range range, diag::Emitter& emitter) {
  int base = text.starts_with("0x") ? 16 : text.starts_with("0o") ? 8 : 10;
  const char* begin = text.data() + (base == 10 ? 0 : 2);
  uint64_t value = 0;
  auto result = std::from_chars(begin, text.data() + text.size(), value, base);
  if (result.ec == std::errc::result_out_of_range) {
    emitter.report(diag::Kind::NumberTooLarge, range, text);
    return make(range, ast::Poison{});
  }
  return make(range, ast::Integer{value, negative});
}

// The value has all escapes resolved. The pattern keeps them, since `\` quotes in globs, except \" and those that stand
// for a byte (\n \t \xHH): these become the byte.
ast::ExprPtr stringLiteral(const std::string& text, base::Range range, diag::Emitter& emitter) {
  ast::String string;
  std::string_view inner = std::string_view(text).substr(1, text.size() - 2);
  for (size_t i = 0; i < inner.size(); ++i) {
    if (inner[i] != '\\') {
      string.value += inner[i];
      string.pattern += inner[i];
      continue;
    }
    size_t at = i + 1;
    int byte = escaped(inner, at);
    bool glob_quote = byte < 0 && inner[i + 1] != 'x';
    if (byte < 0 && (!glob_quote || !std::strchr("*?[]{},^-", inner[i + 1]))) {
      base::Range place{range.file, range.begin + 1 + static_cast<uint32_t>(i), range.begin + 3 + static_cast<uint32_t>(i)};
      emitter.report(diag::Kind::BadEscape, place, std::string(inner.substr(i, 2)))
          .hint("escapes are \\\" \\\\ \\n \\t \\xHH, and in globs \\ before * ? [ ] { } , ^ -");
      return make(range, ast::Poison{});
    }
    string.value += glob_quote ? std::string(inner.substr(i, 2)) : std::string(1, static_cast<char>(byte));
    if (glob_quote || inner[i + 1] == '\\')
      string.pattern += std::string(inner.substr(i, 2));
    else
      string.pattern += static_cast<char>(byte);
    i = glob_quote ? i + 1 : at;
  }
  return make(range, std::move(string));
}

ast::ExprPtr addressLiteral(const std::string& text, base::Range range, diag::Emitter& emitter) {
  size_t slash = text.find('/');
  std::string host = text.substr(0, slash);
  ast::Address address;
  in_addr v4;
  in6_addr v6;
  if (inet_pton(AF_INET, host.c_str(), &v4) == 1) {
    address.v4 = true;
    address.bytes[10] = address.bytes[11] = 0xff;
    std::memcpy(&address.bytes[12], &v4, 4);
  } else if (inet_pton(AF_INET6, host.c_str(), &v6) == 1) {
    std::memcpy(address.bytes.data(), &v6, 16);
  } else {
    emitter.report(diag::Kind::BadAddress, range, host);
    return make(range, ast::Poison{});
  }
  if (slash == std::string::npos) return make(range, address);
  unsigned prefix = 0, limit = address.v4 ? 32 : 128;
  auto result = std::from_chars(text.data() + slash + 1, text.data() + text.size(), prefix);
  if (result.ec != std::errc() || prefix > limit) {
    emitter.report(diag::Kind::BadPrefix, range, text.substr(slash), std::to_string(limit));
    return make(range, ast::Poison{});
  }
  return make(range, ast::Cidr{address, static_cast<uint8_t>(prefix)});
}

ast::ExprPtr setLiteral(Builder& builder, LsmpcParser::SetLiteralContext* context) {
  ast::SetLiteral set;
  for (auto* element : context->element()) {
    auto parts = element->expression();
    ast::ExprPtr low = builder.expression(parts[0]);
    if (parts.size() == 1) {
      set.elements.push_back(std::move(low));
      continue;
    }
    set.elements.push_back(make(builder.places.of(element), ast::SpanExpr{std::move(low), builder.expression(parts[1])}));
  }
  return make(builder.places.of(context), std::move(set));
}

}  // namespace lsmpc::parse
