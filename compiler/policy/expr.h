// Typed expressions: names resolved, constants folded, field accesses with their CO-RE chain.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "compiler/ast/expr.h"
#include "compiler/btf/types.h"
#include "runtime/match/pattern.h"

namespace lsmpc::policy {

using Int = __int128;  // any kernel integer, signed or not

enum class TypeKind : uint8_t { Error, Bool, Int, Flags, Path, String, Ip, Pointer, Record, Null };

struct Type {
  TypeKind kind = TypeKind::Error;
  uint8_t bits = 64;       // Int, Flags
  bool is_signed = false;  // Int
  std::string name;        // "uid", "port", a flags domain ("access", "caps", …); "" for plain integers
  btf::TypeId btf;         // Pointer: pointee record; Record: the record
  uint32_t capacity = 0;   // String: longest value in bytes
  bool operator==(const Type&) const = default;
};
inline bool isText(const Type& type) { return type.kind == TypeKind::Path || type.kind == TypeKind::String; }

enum class Builtin : uint8_t {
#define LSMPC_BUILTIN(name, spelling, arity, cost, absent, unresolved) name,
#include "compiler/policy/builtins.def"
};
struct BuiltinInfo {
  std::string_view spelling;
  int8_t arity;     // -1: any
  uint16_t cost;    // instructions on 6.1
  bool absent;      // its value can be absent
  bool unresolved;  // its value can be unresolved
};
constexpr uint16_t kExpensiveCall = 100;  // from here on a builtin is called only where a rule still needs it
const BuiltinInfo& info(Builtin builtin);

struct Expr;
using ExprPtr = std::shared_ptr<const Expr>;

struct IntConst {
  Int value;
};
struct BoolConst {
  bool value;
};
struct StringConst {
  std::string value;
};
struct IpConst {
  ast::Address value;
};
enum class AccountKind : uint8_t {
#define LSMPC_ACCOUNT(kind, spelling, type) kind,
#include "compiler/policy/accounts.def"
};
// user("nginx"): an id of the host that a policy is loaded on. Only the loader knows it.
struct Account {
  AccountKind kind = AccountKind::User;
  std::string name;
  bool operator==(const Account&) const = default;
};
struct AccountInfo {
  AccountKind kind;
  std::string_view spelling, type;
};
constexpr AccountInfo kAccounts[] = {
#define LSMPC_ACCOUNT(kind, spelling, type) {AccountKind::kind, spelling, type},
#include "compiler/policy/accounts.def"
};
constexpr const AccountInfo& info(AccountKind kind) { return kAccounts[static_cast<size_t>(kind)]; }
struct Argument {
  std::string name;
};  // arg.NAME, before its members
struct Field {
  ExprPtr base;
  btf::FieldPath path;
};  // base: a pointer, an embedded record or, for an element, an array
struct AttributeRef {
  uint32_t index;
};  // into HookPolicy::attributes
struct BuiltinCall {
  Builtin builtin;
  std::vector<ExprPtr> arguments;
};
struct Not {
  ExprPtr operand;
};
struct Logic {
  bool is_and;
  ExprPtr left;
  ExprPtr right;
};
struct Compare {
  ast::BinaryOp op;
  ExprPtr left;
  ExprPtr right;
};  // Equal Less LessEqual Greater GreaterEqual
struct Bits {
  bool is_and;
  ExprPtr left;
  ExprPtr right;
};  // & and |
struct Interval {
  Int low, high;
};  // inclusive, sorted, disjoint
struct InIntervals {
  ExprPtr value;
  std::vector<Interval> intervals;
};
struct InCidrs {
  ExprPtr value;
  std::vector<ast::Cidr> cidrs;
};
// A set that can change while the policy is loaded.
struct DynamicSet {
  std::string name, type;  // of its elements, as declared
  uint32_t max = 0;
  std::vector<std::string> first;  // its first elements as the bytes that the loader gets (runtime/abi/layout.h)
  bool operator==(const DynamicSet&) const = default;
};
struct InDynamic {
  ExprPtr value;
  std::shared_ptr<const DynamicSet> set;
};
struct Matches {
  ExprPtr value;
  std::vector<match::Pattern> patterns;
};  // ~ == under in, on path and string
struct Has {
  ExprPtr value;
  uint64_t mask;
  bool any;
};
struct IsNull {
  ExprPtr value;
};
struct Exists {
  btf::FieldPath path;
};  // bpf_core_field_exists

// `!=`, `!~`, `not in` are Not of the positive form: right for absent values too.
struct Expr {
  Type type;
  base::Range range;
  std::variant<IntConst, BoolConst, StringConst, IpConst, Account, Argument, Field, AttributeRef, BuiltinCall, Not, Logic, Compare, Bits,
               InIntervals, InCidrs, InDynamic, Matches, Has, IsNull, Exists>
      node;
};

std::string print(const Type& type);
std::string print(const Account& account);
std::string decimal(Int value);
std::string quoted(std::string_view text);  // as a policy writes it, in ASCII

}  // namespace lsmpc::policy
