// A policy file as written. Nothing here is resolved: names are text, numbers are the digits' value.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
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

enum class Mode : uint8_t { Enforce, Audit };
constexpr std::string_view spelling(Mode mode) { return mode == Mode::Audit ? "audit" : "enforce"; }

struct PolicyHeader {
  Range range;
  Name name;
  std::optional<Name> version;  // without quotes
  std::optional<Mode> mode;
  bool unresolved_allow = false;
  bool foreign_trust = false;
};
struct Use {
  Range range;
  std::vector<Name> module;  // std.net
};
struct Let {
  Range range;
  Name name;
  ExprPtr value;
};
struct SetDeclaration {
  Range range;
  Name name;
  Name element_type;         // int port uid gid pid path string glob ip cidr
  ExprPtr value;             // a SetLiteral; of a file once the driver has read it
  std::optional<Name> from;  // the file, as written
  std::optional<Name> max;   // of a dynamic set: the most elements, as digits
};
enum class ActionKind : uint8_t { Deny, Allow, Kill, Audit, Quiet, Rate };
struct Action {
  Range range;
  ActionKind kind;
  std::optional<Name> errno_name;      // deny E: a name or a number as text
  std::optional<Name> signal_name;     // kill SIG: the same
  std::optional<std::string> message;  // audit "…"
  std::optional<Name> frequency;       // rate 10/s
};
struct On {
  Range range;  // the whole statement
  std::vector<Name> hooks;
  bool if_present = false;
  bool is_default = false;  // the last of its scope, wherever it stands
  ExprPtr when;             // null: always
  std::vector<Action> actions;
};
// group writes = file_open when access has write, path_unlink
struct GroupMember {
  Name hook;     // or a group
  ExprPtr when;  // null: always
};
struct Group {
  Range range;
  Name name;
  std::vector<GroupMember> members;
};
// scope when EXPR { … }: the condition is part of each rule inside.
struct Block;
struct Scope {
  Range range;    // the head, to its `{`
  Name kind;      // when, program, cgroup
  ExprPtr value;  // the condition: of a program or cgroup, the one that it stands for
  std::unique_ptr<Block> block;
};
// attribute path : path on file_open, file_permission = path_of(arg.file.f_path)
struct AttributeDeclaration {
  Range range;
  std::vector<Name> name;   // parent.pid: two parts
  Name type;                // path string int bool uid gid pid port ip, or a flags type: access open_flags caps prot …
  std::vector<Name> hooks;  // empty: every hook (`on *`)
  ExprPtr value;
  std::string doc;  // the `##` lines just above, joined by newlines, without the marks
};

struct Parameter {
  Name name;
  Name type;
  bool is_set = false;
};
// template protect(paths: set of glob) { … }
struct Template {
  Range range;  // the head, to its `{`
  Name name;
  std::vector<Parameter> parameters;
  std::unique_ptr<Block> block;
};
// protect({ "/etc/**" }): the template's rules, in this place.
struct CallStatement {
  Range range;
  Name callee;
  std::vector<ExprPtr> arguments;
};

using Statement = std::variant<PolicyHeader, Use, Let, SetDeclaration, On, AttributeDeclaration, Group, Scope, Template, CallStatement>;

struct Block {  // rules, scopes and calls only
  std::vector<Statement> statements;
};

struct Comment {  // kept for fmt and lint; `##` is a doc comment
  Range range;
};

struct File {
  base::FileId file = 0;
  std::vector<Statement> statements;
  std::vector<Comment> comments;
};

// Indented text, one node a line: `--emit=ast`.
std::string print(const File& file);
std::string print(const Expr& expr);

}  // namespace lsmpc::ast
