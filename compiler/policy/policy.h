// The typed policy: names resolved, constants folded, one condition per hook and rule. Nobody after `check` asks BTF.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "compiler/ast/ast.h"
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
  std::variant<IntConst, BoolConst, StringConst, IpConst, Account, Argument, Field, AttributeRef, BuiltinCall, Not, Logic, Compare,
               Bits, InIntervals, InCidrs, InDynamic, Matches, Has, IsNull, Exists>
      node;
};

// An attribute on one hook. Shared by all rules of the hook, so that plan computes it once.
struct Attribute {
  std::string name;  // "path", "parent.pid"
  Type type;
  ExprPtr value;  // may hold AttributeRefs of lower index. Builtin::Either at its top: judged once per path
};

enum class Verdict : uint8_t { None, Allow, Deny, Kill };  // None: audit only
inline bool refuses(Verdict verdict) { return verdict == Verdict::Deny || verdict == Verdict::Kill; }

// At most so many events in each stretch of so many seconds. Never touches the verdict.
struct Rate {
  uint32_t events = 0;  // 0: without limit
  uint32_t seconds = 0;
  std::string text;  // as written: 10/s
  bool limits() const { return events != 0; }
};

struct Rule {
  std::string id;  // 8 hex digits of the rule's canonical text, "-2" … for twins: stable across edits of other rules
  uint32_t member = 0;  // into Policy::members, of a bundle
  std::string file;
  uint32_t line = 0;
  std::string text;  // as written, white space folded
  Verdict verdict = Verdict::None;
  int errno_value = 0;  // 1..133 with Deny, EPERM with Kill
  std::string errno_name;
  int signal_value = 0;  // 1..64 with Kill
  std::string signal_name;
  bool event = false;  // makes an event
  bool quiet = false;  // suppressed, counted
  Rate rate;
  std::string message;
  base::Range range;
};

struct HookRule {
  uint32_t rule;      // into Policy::rules
  ExprPtr condition;  // bool; a BoolConst true where there is no `when`
};

struct HookPolicy {
  uint32_t member = 0;  // into Policy::members, of a bundle: each has its own entry for a hook
  btf::Hook hook;
  btf::TargetMask targets = 0;  // fewer than all only with `if present`
  std::vector<Attribute> attributes;
  std::vector<uint32_t> event_attributes;  // those that an event of this hook shows (event_fields.def)
  std::vector<HookRule> rules;             // in source order
};

struct SourceText {
  std::string path;
  std::string text;
};

// One policy of a bundle.
struct Member {
  std::string name;
  std::string version;
  ast::Mode mode = ast::Mode::Enforce;
  bool unresolved_allow = false;
  std::string source_path;
};

struct Policy {
  std::string name;
  base::Range name_range;  // the header's name, or the file's beginning
  std::string version;
  ast::Mode mode = ast::Mode::Enforce;
  bool unresolved_allow = false;  // a condition that ends unresolved matches no rule
  bool foreign_trust = false;     // paths of programs count in mount namespaces that the host does not own, too
  std::vector<Member> members;    // of a bundle; empty: it stands for itself
  std::vector<std::string> targets;
  btf::TargetMask task_storage = 0;  // targets whose kernels have task storage (5.11)
  std::vector<Rule> rules;
  std::vector<HookPolicy> hooks;  // in order of first use
  std::shared_ptr<const btf::TypeTable> types;
  std::string source_path;  // its name without folders: objects are the same wherever they are built
  std::string source;
  std::vector<SourceText> used;  // what `use` and `from` named, by the names that lead there from the policy's folder
};

bool isPolicyName(std::string_view name);  // also of a bundle; bpffs takes no dots
ast::Mode modeOf(const Policy& policy, uint32_t member);
bool allowsUnresolved(const Policy& policy, uint32_t member);

std::string print(const Policy& policy);  // `--emit=policy`
std::string print(const Expr& expr, const HookPolicy& hook);
std::string print(const Type& type);
std::string print(const Account& account);
std::string decimal(Int value);
std::string quoted(std::string_view text);  // as a policy writes it, in ASCII

}  // namespace lsmpc::policy
