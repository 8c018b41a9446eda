#include <algorithm>
#include <sstream>

#include "compiler/ast/quoted.h"
#include "compiler/policy/policy.h"

namespace lsmpc::policy {

std::string quoted(std::string_view text) { return ast::quoted(text, ast::Spelling::Text, ast::Charset::Ascii); }

namespace {

std::string globText(const std::string& glob) { return ast::quoted(glob, ast::Spelling::Glob, ast::Charset::Ascii); }

std::string patternText(const match::Pattern& pattern) {
  switch (pattern.kind) {
    case match::Pattern::Kind::Literal: return quoted(pattern.text);
    case match::Pattern::Kind::Glob: return "glob " + globText(pattern.text);
    case match::Pattern::Kind::Under: return "under " + quoted(pattern.text);
  }
  return "";
}

std::string addressText(const ast::Address& address) { return ast::print(ast::Expr{{}, address}); }

constexpr size_t kMostShown = 64;  // elements of one set

template <typename Items, typename Text>
std::string commas(const Items& items, Text text) {
  std::string result;
  size_t shown = std::min(items.size(), kMostShown);
  for (size_t i = 0; i < shown; ++i) result += (result.empty() ? "" : ", ") + text(items[i]);
  return shown < items.size() ? result + ", … " + std::to_string(items.size() - shown) + " more" : result;
}

struct ExprPrinter {
  const HookPolicy& hook;

  std::string show(const ExprPtr& expr) const { return std::visit(*this, expr->node); }
  std::string pair(const ExprPtr& left, std::string_view op, const ExprPtr& right) const {
    return "(" + show(left) + " " + std::string(op) + " " + show(right) + ")";
  }

  std::string operator()(const IntConst& e) const { return decimal(e.value); }
  std::string operator()(const BoolConst& e) const { return e.value ? "true" : "false"; }
  std::string operator()(const StringConst& e) const { return quoted(e.value); }
  std::string operator()(const IpConst& e) const { return addressText(e.value); }
  std::string operator()(const Account& e) const { return print(e); }
  std::string operator()(const Argument& e) const { return "arg." + e.name; }
  std::string operator()(const Field& e) const { return show(e.base) + btf::textOf(e.path.steps.back()); }
  std::string operator()(const AttributeRef& e) const { return hook.attributes[e.index].name; }
  std::string operator()(const BuiltinCall& e) const {
    return std::string(info(e.builtin).spelling) + "(" + commas(e.arguments, [this](const ExprPtr& a) { return show(a); }) + ")";
  }
  std::string operator()(const Not& e) const { return "(not " + show(e.operand) + ")"; }
  std::string operator()(const Logic& e) const { return pair(e.left, e.is_and ? "and" : "or", e.right); }
  std::string operator()(const Compare& e) const { return pair(e.left, ast::spelling(e.op), e.right); }
  std::string operator()(const Bits& e) const { return pair(e.left, e.is_and ? "&" : "|", e.right); }
  std::string operator()(const InIntervals& e) const {
    return "(" + show(e.value) + " in {" +
           commas(e.intervals,
                  [](const Interval& i) { return i.low == i.high ? decimal(i.low) : decimal(i.low) + ".." + decimal(i.high); }) +
           "})";
  }
  std::string operator()(const InCidrs& e) const {
    return "(" + show(e.value) + " in {" +
           commas(e.cidrs, [](const ast::Cidr& c) { return addressText(c.address) + "/" + std::to_string(c.prefix); }) + "})";
  }
  std::string operator()(const InDynamic& e) const { return "(" + show(e.value) + " in " + e.set->name + ")"; }
  std::string operator()(const Matches& e) const { return "(" + show(e.value) + " ~ {" + commas(e.patterns, patternText) + "})"; }
  std::string operator()(const Has& e) const {
    std::ostringstream mask;
    mask << "0x" << std::hex << e.mask;
    return "(" + show(e.value) + (e.any ? " has any " : " has ") + mask.str() + ")";
  }
  std::string operator()(const IsNull& e) const { return "(" + show(e.value) + " == null)"; }
  std::string operator()(const Exists& e) const { return "exists(" + e.path.steps.back().member + ")"; }
};

std::string actionText(const Rule& rule) {
  std::string text = rule.verdict == Verdict::Deny    ? "deny " + rule.errno_name + " (" + std::to_string(rule.errno_value) + ")"
                     : rule.verdict == Verdict::Kill  ? "kill " + rule.signal_name + " (" + std::to_string(rule.signal_value) + ")"
                     : rule.verdict == Verdict::Allow ? "allow"
                                                      : "audit";
  if (rule.event && rule.verdict == Verdict::Allow) text += ", event";
  if (rule.quiet) text += ", quiet";
  if (rule.rate.limits()) text += ", rate " + rule.rate.text;
  if (!rule.message.empty()) text += ", " + quoted(rule.message);
  return text;
}

}  // namespace

std::string decimal(Int value) {
  if (value == 0) return "0";
  bool negative = value < 0;
  unsigned __int128 rest = negative ? -static_cast<unsigned __int128>(value) : static_cast<unsigned __int128>(value);
  std::string digits;
  for (; rest; rest /= 10) digits += static_cast<char>('0' + static_cast<int>(rest % 10));
  if (negative) digits += '-';
  std::reverse(digits.begin(), digits.end());
  return digits;
}

std::string print(const Type& type) {
  switch (type.kind) {
    case TypeKind::Error: return "<error>";
    case TypeKind::Bool: return "bool";
    case TypeKind::Int: return !type.name.empty() ? type.name : (type.is_signed ? "i" : "u") + std::to_string(type.bits);
    case TypeKind::Flags: return "flags " + type.name;
    case TypeKind::Path: return "path";
    case TypeKind::String: return "string";
    case TypeKind::Ip: return "ip";
    case TypeKind::Pointer: return type.name.empty() ? "pointer" : "pointer to " + type.name;
    case TypeKind::Record: return type.name.empty() ? "struct" : type.name;
    case TypeKind::Null: return "null";
  }
  return "<error>";
}

std::string print(const Account& account) { return std::string(info(account.kind).spelling) + "(" + quoted(account.name) + ")"; }

std::string print(const Expr& expr, const HookPolicy& hook) { return std::visit(ExprPrinter{hook}, expr.node); }

std::string print(const Policy& policy) {
  std::ostringstream out;
  out << "policy " << policy.name;
  if (!policy.version.empty()) out << " version " << quoted(policy.version);
  out << " mode " << ast::spelling(policy.mode) << (policy.unresolved_allow ? " unresolved allow" : "")
      << (policy.foreign_trust ? " foreign trust" : "") << "\ntargets " << commas(policy.targets, [](const std::string& name) { return name; }) << "\n";
  for (const HookPolicy& hook : policy.hooks) {
    out << "\nhook " << hook.hook.name << "\n";
    for (const Attribute& attribute : hook.attributes)
      out << "  attribute " << attribute.name << " : " << print(attribute.type) << " = " << print(*attribute.value, hook) << "\n";
    for (const HookRule& entry : hook.rules) {
      const Rule& rule = policy.rules[entry.rule];
      out << "  rule " << rule.id << " line " << rule.line << "\n    when " << print(*entry.condition, hook) << "\n    " << actionText(rule)
          << "\n";
    }
  }
  for (const Test& test : policy.tests) out << "\n" << print(test, policy);
  for (const Assertion& assertion : policy.assertions) out << "\n" << print(assertion);
  return out.str();
}

}  // namespace lsmpc::policy
