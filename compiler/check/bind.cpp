// The values of a call, closed: no name in them means something else inside of the template than where they were written.
#include "compiler/check/account.h"
#include "compiler/check/expression.h"
#include "compiler/check/template.h"

namespace lsmpc::check {

using diag::Kind;

namespace {

// Whether a set's elements are such as a parameter holds.
bool fits(const std::string& element, const std::string& wanted) {
  return element == wanted || (wanted == "glob" && (element == "path" || element == "string")) || (wanted == "cidr" && element == "ip");
}

std::string kindOf(const ast::Expr& expr) {
  if (std::holds_alternative<ast::String>(expr.node)) return "a string";
  if (std::holds_alternative<ast::Address>(expr.node)) return "an address";
  if (std::holds_alternative<ast::Cidr>(expr.node)) return "a network";
  if (std::holds_alternative<ast::Boolean>(expr.node)) return "a truth value";
  if (std::holds_alternative<ast::Null>(expr.node)) return "null";
  if (std::holds_alternative<ast::SpanExpr>(expr.node)) return "a range";
  if (std::holds_alternative<ast::SetLiteral>(expr.node)) return "a set";
  return "a number";
}

std::string kindWanted(const std::string& type) {
  if (type == "path" || type == "glob" || type == "string") return "a string";
  if (type == "ip") return "an address";
  if (type == "cidr") return "a network";
  return type == "bool" ? "a truth value" : "a number";
}

}  // namespace

bool TemplateTable::bind(const ast::CallStatement& call, const ast::Template& definition, const Bindings* caller, Bindings& result) {
  size_t count = definition.parameters.size();
  if (call.arguments.size() != count) {
    emitter_
        .report(Kind::WrongArguments, call.range, call.callee.text,
                std::to_string(count) + (count == 1 ? " value, not " : " values, not ") + std::to_string(call.arguments.size()))
        .note(definition.range, "declared here");
    return false;
  }
  bool good = true;
  for (size_t i = 0; i < count; ++i) good &= argument(*call.arguments[i], definition.parameters[i], caller, result);
  return good;
}

bool TemplateTable::wrong(const ast::Expr& argument, const ast::Parameter& parameter, const std::string& found) {
  emitter_
      .report(Kind::WrongParameter, argument.range, parameter.name.text, (parameter.is_set ? "set of " : "") + parameter.type.text, found)
      .note(parameter.name.range, "declared here");
  return false;
}

bool TemplateTable::argument(const ast::Expr& written, const ast::Parameter& parameter, const Bindings* caller, Bindings& result) {
  const ast::SetDeclaration* set = nullptr;
  const ast::Expr* target = followed(written, caller, &set);
  if (set) {
    bool right = parameter.is_set && fits(set->element_type.text, parameter.type.text);
    if (!right) return wrong(written, parameter, "a set of " + set->element_type.text);
    result.sets[parameter.name.text] = set;
    return true;
  }
  ast::ExprPtr value = closed(*target, caller);
  policy::HookPolicy none;
  none.targets = input_.targets.all();
  if (std::holds_alternative<ast::Poison>(value->node)) return false;
  if (!ExpressionChecker(scope_, input_.targets, none, emitter_).constantOnly(*value)) return false;
  bool literal_set = std::holds_alternative<ast::SetLiteral>(value->node);
  if (parameter.is_set != literal_set) return wrong(written, parameter, kindOf(*value));
  if (!literal_set) {
    std::string found = kindOf(*value), wanted = kindWanted(parameter.type.text);
    if (found != wanted && !(wanted == "a network" && found == "an address")) return wrong(written, parameter, found);
    const ast::Let& let = lets_.emplace_back(ast::Let{written.range, parameter.name, std::move(value)});
    result.lets[parameter.name.text] = &let;
    if (parameter.type.text == "bool") return true;
    ast::SetLiteral alone;
    alone.elements.push_back(closed(*let.value, nullptr));
    return holds({written.range, parameter.name, parameter.type, make(written.range, std::move(alone)), {}, {}});
  }
  const auto& bound = sets_.emplace_back(ast::SetDeclaration{written.range, parameter.name, parameter.type, std::move(value), {}, {}});
  result.sets[parameter.name.text] = &bound;
  return holds(bound);
}

bool TemplateTable::holds(const ast::SetDeclaration& set) {
  policy::HookPolicy none;
  none.targets = input_.targets.all();
  size_t errors = emitter_.errorCount();
  ExpressionChecker(scope_, input_.targets, none, emitter_).checkSet(set);
  return emitter_.errorCount() == errors;
}

// A name's value, as far as names lead.
const ast::Expr* TemplateTable::followed(const ast::Expr& expr, const Bindings* caller, const ast::SetDeclaration** set) const {
  const ast::Expr* at = &expr;
  while (auto* path = std::get_if<ast::Path>(&at->node)) {
    const std::string& name = path->names.front().text;
    if (path->names.size() != 1) break;
    if (caller && caller->sets.contains(name)) {
      *set = caller->sets.at(name);
      return at;
    }
    const ast::Let* let = caller && caller->lets.contains(name) ? caller->lets.at(name) : scope_.let(name);
    if (!let) {
      *set = scope_.set(name);
      return at;
    }
    at = let->value.get();
  }
  return at;
}

// A copy with the caller's parameters replaced by their values. What is no constant comes to nothing here and is reported as such.
ast::ExprPtr TemplateTable::closed(const ast::Expr& expr, const Bindings* caller) const {
  if (auto* path = std::get_if<ast::Path>(&expr.node)) {
    bool bound = caller && path->names.size() == 1 && caller->lets.contains(path->names.front().text);
    return bound ? closed(*caller->lets.at(path->names.front().text)->value, nullptr) : make(expr.range, *path);
  }
  if (auto* span = std::get_if<ast::SpanExpr>(&expr.node))
    return make(expr.range, ast::SpanExpr{closed(*span->low, caller), closed(*span->high, caller)});
  if (auto* binary = std::get_if<ast::Binary>(&expr.node))
    return make(expr.range, ast::Binary{binary->op, binary->op_range, closed(*binary->left, caller), closed(*binary->right, caller)});
  if (auto* set = std::get_if<ast::SetLiteral>(&expr.node)) {
    ast::SetLiteral copy;
    for (const ast::ExprPtr& element : set->elements) copy.elements.push_back(closed(*element, caller));
    return make(expr.range, std::move(copy));
  }
  if (auto* e = std::get_if<ast::Integer>(&expr.node)) return make(expr.range, *e);
  if (auto* e = std::get_if<ast::String>(&expr.node)) return make(expr.range, *e);
  if (auto* e = std::get_if<ast::Boolean>(&expr.node)) return make(expr.range, *e);
  if (auto* e = std::get_if<ast::Address>(&expr.node)) return make(expr.range, *e);
  if (auto* e = std::get_if<ast::Cidr>(&expr.node)) return make(expr.range, *e);
  if (auto* e = std::get_if<ast::Null>(&expr.node)) return make(expr.range, *e);
  if (std::holds_alternative<ast::Poison>(expr.node)) return make(expr.range, ast::Poison{});
  if (auto* e = std::get_if<ast::Call>(&expr.node); e && isAccount(*e)) {
    ast::Call copy{e->callee, {}};
    for (const ast::ExprPtr& argument : e->arguments) copy.arguments.push_back(closed(*argument, caller));
    return make(expr.range, std::move(copy));
  }
  return make(expr.range, ast::Call{});  // a value of the kernel, whichever
}

}  // namespace lsmpc::check
