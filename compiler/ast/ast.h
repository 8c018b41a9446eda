// A policy file as written. Nothing here is resolved: names are text, numbers are the digits' value.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "compiler/ast/expr.h"
#include "compiler/ast/test.h"
#include "compiler/base/source.h"

namespace lsmpc::ast {

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

using Statement =
    std::variant<PolicyHeader, Use, Let, SetDeclaration, On, AttributeDeclaration, Group, Scope, Template, CallStatement, Test, Assertion>;

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

}  // namespace lsmpc::ast
