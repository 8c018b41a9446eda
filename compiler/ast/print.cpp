#include <sstream>

#include "compiler/ast/ast.h"
#include "compiler/ast/quoted.h"

namespace lsmpc::ast {
namespace {

constexpr std::string_view kSpellings[] = {
#define LSMPC_BINARY_OP(name, spelling) spelling,
#include "compiler/ast/binary_ops.def"
};

std::string dotted(const std::vector<Name>& names) {
  std::string text;
  for (const Name& name : names) text += (text.empty() ? "" : ".") + name.text;
  return text;
}

std::string listed(const std::vector<Name>& names) {
  std::string text;
  for (const Name& name : names) text += (text.empty() ? "" : ", ") + name.text;
  return text;
}

std::string quoted(const std::string& text) { return quoted(text, Spelling::Text, Charset::Utf8); }

std::string address(const Address& value) {
  std::ostringstream out;
  if (value.v4) {
    for (int i = 12; i < 16; ++i) out << (i > 12 ? "." : "") << static_cast<int>(value.bytes[i]);
  } else {
    out << std::hex;
    for (int i = 0; i < 16; i += 2) out << (i ? ":" : "") << (value.bytes[i] << 8 | value.bytes[i + 1]);
  }
  return out.str();
}

std::string commas(const std::vector<ExprPtr>& parts) {
  std::string text;
  for (const ExprPtr& part : parts) text += (text.empty() ? "" : ", ") + print(*part);
  return text;
}

struct ExprPrinter {
  std::string operator()(const Poison&) const { return "<error>"; }
  std::string operator()(const Integer& e) const { return (e.negative ? "-" : "") + std::to_string(e.value); }
  std::string operator()(const String& e) const { return quoted(e.pattern, Spelling::Glob, Charset::Utf8); }
  std::string operator()(const Boolean& e) const { return e.value ? "true" : "false"; }
  std::string operator()(const Null&) const { return "null"; }
  std::string operator()(const Address& e) const { return address(e); }
  std::string operator()(const Cidr& e) const { return address(e.address) + "/" + std::to_string(e.prefix); }
  std::string operator()(const Path& e) const { return dotted(e.names); }
  std::string operator()(const Index& e) const { return print(*e.base) + "[" + std::to_string(e.index) + "]"; }
  std::string operator()(const Member& e) const { return print(*e.base) + "." + e.name.text; }
  std::string operator()(const Call& e) const { return e.callee.text + "(" + commas(e.arguments) + ")"; }
  std::string operator()(const Not& e) const { return "(not " + print(*e.operand) + ")"; }
  std::string operator()(const Binary& e) const {
    return "(" + print(*e.left) + " " + std::string(spelling(e.op)) + " " + print(*e.right) + ")";
  }
  std::string operator()(const SpanExpr& e) const { return print(*e.low) + ".." + print(*e.high); }
  std::string operator()(const SetLiteral& e) const { return "{" + commas(e.elements) + "}"; }
};

constexpr std::string_view kOutcomes[] = {
#define LSMPC_OUTCOME(kind, spelling) spelling,
#include "compiler/ast/outcomes.def"
};

std::string expectationText(const Expectation& expected) {
  std::string text = "expect";
  for (const Outcome& one : expected.outcomes)
    text +=
        " " + std::string(spelling(one.kind)) + (one.code ? " " + one.code->text : "") + (one.message ? " " + quoted(*one.message) : "");
  return text;
}

std::string actionText(const Action& action) {
  switch (action.kind) {
    case ActionKind::Deny: return "deny" + (action.errno_name ? " " + action.errno_name->text : "");
    case ActionKind::Allow: return "allow";
    case ActionKind::Kill: return "kill" + (action.signal_name ? " " + action.signal_name->text : "");
    case ActionKind::Audit: return "audit" + (action.message ? " " + quoted(*action.message) : "");
    case ActionKind::Quiet: return "quiet";
    case ActionKind::Rate: return "rate " + action.frequency->text;
  }
  return "";
}

struct StatementPrinter {
  std::ostream& out;
  std::string indent;

  void operator()(const PolicyHeader& s) const {
    out << "policy " << s.name.text;
    if (s.version) out << " version " << quoted(s.version->text);
    if (s.mode) out << " mode " << spelling(*s.mode);
    if (s.unresolved_allow) out << " unresolved allow";
    if (s.foreign_trust) out << " foreign trust";
    out << "\n";
  }
  void operator()(const Use& s) const { out << "use " << dotted(s.module) << "\n"; }
  void operator()(const Let& s) const { out << "let " << s.name.text << " = " << print(*s.value) << "\n"; }
  void operator()(const SetDeclaration& s) const {
    out << "set " << s.name.text << " : " << s.element_type.text << (s.max ? " dynamic max " + s.max->text : "") << " = " << (s.from ? "from " + quoted(s.from->text) : print(*s.value))
        << "\n";
  }
  void operator()(const On& s) const {
    out << indent << "on " << listed(s.hooks) << (s.if_present ? " if present" : "") << (s.is_default ? " default" : "") << "\n";
    if (s.when) out << indent << "  when " << print(*s.when) << "\n";
    for (const Action& action : s.actions) out << indent << "  " << actionText(action) << "\n";
  }
  void operator()(const Group& s) const {
    out << "group " << s.name.text << "\n";
    for (const GroupMember& member : s.members)
      out << "  " << member.hook.text << (member.when ? " when " + print(*member.when) : "") << "\n";
  }
  void operator()(const Scope& s) const {
    out << indent << "scope " << s.kind.text << " " << print(*s.value) << "\n";
    block(*s.block);
  }
  void operator()(const Template& s) const {
    out << "template " << s.name.text << "(";
    for (const Parameter& p : s.parameters)
      out << (&p == &s.parameters.front() ? "" : ", ") << p.name.text << ": " << (p.is_set ? "set of " : "") << p.type.text;
    out << ")\n";
    block(*s.block);
  }
  void operator()(const CallStatement& s) const { out << indent << s.callee.text << "(" << commas(s.arguments) << ")\n"; }
  void block(const Block& block) const {
    for (const Statement& statement : block.statements) std::visit(StatementPrinter{out, indent + "  "}, statement);
  }
  void operator()(const Test& s) const {
    out << "test " << quoted(s.name.text) << "\n";
    for (const Assumption& one : s.assumptions) out << "  with " << print(*one.subject) << " = " << print(*one.value) << "\n";
    for (const Step& one : s.steps) {
      out << "  given " << one.hook.text << (one.task ? " as " + one.task->text : "") << "\n";
      for (const EventField& field : one.fields) out << "    " << print(*field.key) << ": " << print(*field.value) << "\n";
      if (one.expected) out << "    " << expectationText(*one.expected) << "\n";
    }
    if (!s.cases) return;
    out << "  cases {" << commas(s.cases->keys) << "}\n";
    for (const Case& row : s.cases->rows) out << "    {" << commas(row.values) << "} " << expectationText(row.expected) << "\n";
  }
  void operator()(const Assertion& s) const {
    out << "assert " << quoted(s.name.text) << "\n  " << (s.always ? "always" : "never") << (s.allow ? " allow " : " deny ")
        << listed(s.hooks) << (s.if_present ? " if present" : "") << "\n";
    if (s.when) out << "  when " << print(*s.when) << "\n";
  }
  void operator()(const AttributeDeclaration& s) const {
    out << "attribute " << dotted(s.name) << " : " << s.type.text << " on " << (s.hooks.empty() ? "*" : listed(s.hooks))
        << "\n  = " << print(*s.value) << "\n";
  }
};

}  // namespace

std::string_view spelling(OutcomeKind kind) { return kOutcomes[static_cast<size_t>(kind)]; }

std::string_view spelling(BinaryOp op) { return kSpellings[static_cast<size_t>(op)]; }

std::string print(const Expr& expr) { return std::visit(ExprPrinter{}, expr.node); }

std::string print(const File& file) {
  std::ostringstream out;
  for (const Statement& statement : file.statements) std::visit(StatementPrinter{out, ""}, statement);
  return out.str();
}

}  // namespace lsmpc::ast
