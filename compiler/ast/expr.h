// Expressions as written.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "compiler/base/source.h"

namespace lsmpc::ast {

using base::Range;

struct Name {
  std::string text;
  Range range;
};

struct Expr;
using ExprPtr = std::unique_ptr<Expr>;

struct Integer {
  uint64_t value = 0;  // a literal over 2^64-1 is a parse error
  bool negative = false;
};
struct String {
  std::string value;    // escapes \" \\ \n \t \xHH resolved, except in `pattern`
  std::string pattern;  // as written between the quotes, only \" resolved: `\` quotes in globs
};
struct Boolean {
  bool value = false;
};
struct Null {};
struct Address {  // 10.0.0.1, 2001:db8::1; IPv4 as IPv4-mapped IPv6, network byte order
  std::array<uint8_t, 16> bytes{};
  bool v4 = false;
};
struct Cidr {
  Address address;
  uint8_t prefix = 0;  // as written: 0..32 for IPv4, 0..128 for IPv6
};
// `uid`, `file.owner`, `arg.dentry.d_inode.i_mode`, `web_root`: dots are resolved by check.
struct Path {
  std::vector<Name> names;
};
struct Index {  // base[7]: arrays by constant index
  ExprPtr base;
  uint64_t index = 0;
};
// A member of something that is no plain name: path_of(x).y
struct Member {
  ExprPtr base;
  Name name;
};
struct Call {  // builtins: path_of(…), if(C, A, B), exists(arg.a.b)
  Name callee;
  std::vector<ExprPtr> arguments;
};
struct Not {
  ExprPtr operand;
};
enum class BinaryOp : uint8_t {
#define LSMPC_BINARY_OP(name, spelling) name,
#include "compiler/ast/binary_ops.def"
};
struct Binary {
  BinaryOp op;
  Range op_range;
  ExprPtr left;
  ExprPtr right;
};
struct SpanExpr {  // A..B, inclusive
  ExprPtr low;
  ExprPtr high;
};
struct SetLiteral {  // { a, b, A..B }
  std::vector<ExprPtr> elements;
};
struct Poison {};  // where the parser reported an error

struct Expr {
  Range range;
  std::variant<Poison, Integer, String, Boolean, Null, Address, Cidr, Path, Index, Member, Call, Not, Binary, SpanExpr, SetLiteral> node;
};

template <typename Node>
ExprPtr make(Range range, Node node) {
  auto expr = std::make_unique<Expr>();
  expr->range = range;
  expr->node = std::move(node);
  return expr;
}

std::string_view spelling(BinaryOp op);
std::string print(const Expr& expr);

}  // namespace lsmpc::ast
