#include "compiler/exercise/because.h"

#include <set>

#include "compiler/policy/children.h"
#include "compiler/policy/flags.h"

namespace lsmpc::exercise {
namespace {

std::string textOf(const judge::Value& value, const policy::Type& type) {
  switch (value.known) {
    case judge::Known::Absent: return "absent";
    case judge::Known::Unresolved: return "unresolved";
    case judge::Known::Unsaid: return "not said";
    default: break;
  }
  if (type.kind == policy::TypeKind::Bool) return value.number ? "true" : "false";
  if (type.kind == policy::TypeKind::Ip) return ast::print(ast::Expr{{}, value.address});
  if (type.kind == policy::TypeKind::Flags) return policy::flagsText(type.name, static_cast<uint64_t>(value.number));
  if (!policy::isText(type)) return policy::decimal(value.number);
  std::string text;
  for (const std::string& one : value.texts) text += (text.empty() ? "" : ", ") + policy::quoted(one);
  return text;
}

void addAsked(const policy::Expr& expr, const policy::HookPolicy& hook, const judge::Said& said, std::set<std::string>& lines) {
  std::string key = policy::print(expr, hook);
  if (const judge::Value* value = said.of(key)) {
    lines.insert(key + " is " + textOf(*value, expr.type));
    return;
  }
  if (auto* attribute = std::get_if<policy::AttributeRef>(&expr.node))
    return addAsked(*hook.attributes[attribute->index].value, hook, said, lines);
  for (const policy::ExprPtr& child : policy::childrenOf(expr)) addAsked(*child, hook, said, lines);
}

}  // namespace

std::string because(const policy::Rule& rule, uint32_t index, const policy::HookPolicy& hook, const judge::Said& said) {
  std::set<std::string> asked;
  for (const policy::HookRule& one : hook.rules)
    if (one.rule == index) addAsked(*one.condition, hook, said, asked);
  std::string text = rule.verdict == policy::Verdict::None ? "this rule audits it" : "this rule decides";
  for (const std::string& line : asked) text += (&line == &*asked.begin() ? ": " : ", ") + line;
  return text;
}

}  // namespace lsmpc::exercise
