#include "compiler/check/template.h"

#include <algorithm>

#include "compiler/check/definition.h"
#include "compiler/check/expand.h"
#include "compiler/check/hook_table.h"
#include "runtime/match/suggest.h"

namespace lsmpc::check {

using diag::Kind;

namespace {

constexpr size_t kMaxLevels = 200;

// Something that a parameter of this type can be, for the look at a template alone.
ast::ExprPtr anyValue(const ast::Parameter& parameter) {
  const std::string& type = parameter.type.text;
  base::Range range = parameter.name.range;
  ast::Address address{.v4 = true};
  address.bytes[10] = address.bytes[11] = 0xff;
  if (type == "bool") return make(range, ast::Boolean{true});
  if (type == "ip") return make(range, address);
  if (type == "cidr") return make(range, ast::Cidr{address, 0});
  if (type == "path" || type == "glob" || type == "string") return make(range, ast::String{"/x", "/x"});
  return make(range, ast::Integer{1});
}

}  // namespace

void TemplateTable::check(const ast::File& file) {
  for (const ast::Statement& statement : file.statements)
    if (auto* definition = std::get_if<ast::Template>(&statement)) look(*definition);
}

const ast::Template* TemplateTable::named(const ast::Name& callee) {
  const ast::Template* found = scope_.templateNamed(callee.text);
  if (found || scope_.isPoisoned(callee.text)) return found;
  std::string use = scope_.useFor(callee.text);
  auto nearest = match::nearest(callee.text, scope_.templateNames());
  emitter_.report(Kind::UnknownTemplate, callee.range, callee.text).hint(use.empty() && nearest ? "did you mean `" + *nearest + "`?" : use);
  return nullptr;
}

bool TemplateTable::usable(const ast::Template& definition, const ast::CallStatement& call) {
  State state = level_ > kMaxLevels && !states_.contains(&definition) ? State::Open : look(definition);
  if (state != State::Open) return state == State::Good;
  bool deep = level_ > kMaxLevels;
  emitter_.report(deep ? Kind::TooDeep : Kind::CircularName, call.range, deep ? std::to_string(kMaxLevels) : call.callee.text)
      .note(definition.name.range, "declared here");
  return false;
}

TemplateTable::State TemplateTable::look(const ast::Template& definition) {
  auto [known, added] = states_.emplace(&definition, State::Open);
  if (!added) return known->second;
  size_t errors = emitter_.errorCount();
  ++level_;
  if (parameters(definition)) {
    Bindings bindings;
    for (const ast::Parameter& one : definition.parameters) {
      ast::ExprPtr value = anyValue(one);
      base::Range range = one.name.range;
      if (one.is_set) {
        ast::SetLiteral literal;
        literal.elements.push_back(std::move(value));
        bindings.sets[one.name.text] =
            &sets_.emplace_back(ast::SetDeclaration{range, one.name, one.type, make(range, std::move(literal)), {}, {}});
      } else {
        bindings.lets[one.name.text] = &lets_.emplace_back(ast::Let{range, one.name, std::move(value)});
      }
    }
    diag::Emitter::Apart apart(emitter_);
    diag::Emitter own;  // warnings belong to the calls
    Expander expander(scope_, *this, emitter_);
    HookTable table(input_, scope_, groups_, own);
    for (const PlacedRule& placed : expander.expandAlone(definition, bindings)) table.add(placed);
    emitter_.adoptErrors(own);
  }
  --level_;
  return states_[&definition] = emitter_.errorCount() == errors ? State::Good : State::Faulty;
}

bool TemplateTable::parameters(const ast::Template& definition) {
  bool good = true;
  std::map<std::string, base::Range> seen;
  for (const ast::Parameter& one : definition.parameters) {
    auto [first, added] = seen.emplace(one.name.text, one.name.range);
    if (!added) emitter_.report(Kind::ShadowedName, one.name.range, one.name.text, "a parameter").note(first->second, "declared here");
    bool typed = (one.type.text == "bool" && !one.is_set) || isElementType(one.type, emitter_);
    good = added && typed && scope_.isFree(one.name, emitter_) && good;
  }
  return good;
}

}  // namespace lsmpc::check
