// What a test's events give: keys, which are attributes and raw fields, and the constants that they get.
#include "compiler/check/event.h"

#include <algorithm>
#include <utility>

#include "compiler/check/expression.h"
#include "compiler/check/types.h"
#include "compiler/policy/children.h"

namespace lsmpc::check {

using policy::Builtin;
using policy::TypeKind;

namespace {

constexpr std::string_view kValueHint = "an event gives constants: numbers, strings, addresses, flags, `null`, `absent` or `unresolved`";

// Whether it is written as a member of an argument, or of what a function leads to.
bool isRawName(const ast::Expr& expr) {
  if (auto* path = std::get_if<ast::Path>(&expr.node)) return path->names.front().text == "arg";
  if (auto* index = std::get_if<ast::Index>(&expr.node)) return isRawName(*index->base);
  if (auto* member = std::get_if<ast::Member>(&expr.node)) return isRawName(*member->base);
  return std::holds_alternative<ast::Call>(expr.node);
}

// A place in the kernel's memory that an event can fill.
bool isPlace(const policy::Expr& expr) {
  if (auto* field = std::get_if<policy::Field>(&expr.node)) return isPlace(*field->base);
  if (auto* call = std::get_if<policy::BuiltinCall>(&expr.node)) {
    if (call->builtin == Builtin::Current) return true;
    bool passes = call->builtin == Builtin::Text || call->builtin == Builtin::Cast || call->builtin == Builtin::Given;
    return passes && isPlace(*call->arguments.front());
  }
  return std::holds_alternative<policy::Argument>(expr.node);
}

bool isBuiltin(const policy::Expr& expr, Builtin builtin) {
  auto* call = std::get_if<policy::BuiltinCall>(&expr.node);
  return call && call->builtin == builtin;
}

const policy::Expr& definition(const policy::Expr& key, const policy::HookPolicy& hook) {
  auto* ref = std::get_if<policy::AttributeRef>(&key.node);
  return ref ? *hook.attributes[ref->index].value : key;
}

// The targets that have all members on the way.
btf::TargetMask targetsOf(const policy::Expr& place, btf::TargetMask all) {
  if (auto* field = std::get_if<policy::Field>(&place.node)) return targetsOf(*field->base, all & field->path.present);
  auto* call = std::get_if<policy::BuiltinCall>(&place.node);
  return call && !call->arguments.empty() ? targetsOf(*call->arguments.front(), all) : all;
}

// How to give each of two paths: by its own attribute, or by one that is made for it.
std::string givenApart(const policy::Expr& either, const policy::HookPolicy& hook) {
  const policy::Expr& first = *std::get<policy::BuiltinCall>(either.node).arguments.front();
  if (std::holds_alternative<policy::AttributeRef>(first.node)) return "give `old_path` and `new_path`";
  return "give each by an attribute of your own, such as `attribute fs.old : path on " + hook.hook.name + " = " +
         policy::print(first, hook) + "`";
}

}  // namespace

bool isManyValued(const policy::Expr& key, const policy::HookPolicy& hook) { return isBuiltin(definition(key, hook), Builtin::Ancestors); }

bool isOfCurrent(const policy::Expr& place) {
  if (auto* field = std::get_if<policy::Field>(&place.node)) return isOfCurrent(*field->base);
  auto* call = std::get_if<policy::BuiltinCall>(&place.node);
  return call && (call->builtin == Builtin::Current || (!call->arguments.empty() && isOfCurrent(*call->arguments.front())));
}

// A member that only some targets have makes the test one of these: there is no other way to give what `exists(…)` guards.
ExprPtr ExpressionChecker::eventKey(const ast::Expr& written) {
  bool raw = isRawName(written), outer = std::exchange(probing_, raw);
  ExprPtr key = value(written);
  probing_ = outer;
  if (!key) return nullptr;
  auto refuse = [&](std::string_view what, std::string_view hint) {
    emitter_.report(Kind::NotGivable, written.range, ast::print(written), what).hint(std::string(hint));
    return nullptr;
  };
  constexpr std::string_view kKeys = "a key is an attribute of the hook or a raw field, `arg.NAME.member`";
  if (const policy::Expr& two = definition(*key, hook_); isBuiltin(two, Builtin::Either))
    return refuse("two paths", givenApart(two, hook_));
  if (std::holds_alternative<policy::AttributeRef>(key->node)) return key;
  if (std::holds_alternative<policy::StringConst>(key->node)) return refuse("a constant", "keys stand without quotes");
  if (!raw) return refuse("a constant", kKeys);
  if (!isPlace(*key) || isBuiltin(*key, Builtin::Current)) return refuse("computed", kKeys);
  btf::TargetMask present = targetsOf(*key, hook_.targets);
  if (present == 0)
    emitter_.report(Kind::MemberNotOnTarget, written.range, ast::print(written), targets_.names(hook_.targets));
  else
    hook_.targets = present;
  key = text(std::move(key));
  if (key->type.kind != TypeKind::Record) return key;
  emitter_.report(Kind::BadOperand, written.range, ":", describe(key)).hint("give its members");
  return nullptr;
}

ExprPtr ExpressionChecker::eventValue(const ExprPtr& key, const ast::Expr& written) {
  const Type& type = key->type;
  if (type.kind == TypeKind::Flags) {
    auto mask = flags(written, type, false);
    return mask && inRange(*mask, type, written.range) ? make(type, written.range, policy::IntConst{*mask}) : nullptr;
  }
  ExprPtr found = constantOnly(written, kValueHint) ? value(written, &type) : nullptr;
  if (!found) return nullptr;
  if (auto* text = std::get_if<policy::StringConst>(&found->node); text && isText(type)) {
    std::vector<match::Pattern> checked;
    if (!pattern({text->value, text->value}, written.range, match::Pattern::Kind::Literal, type, checked)) return nullptr;
    return make(type, written.range, *text);
  }
  bool null = found->type.kind == TypeKind::Null;
  if (type.kind == TypeKind::Pointer && null) return found;
  if (type.kind == found->type.kind && (type.kind == TypeKind::Ip || type.kind == TypeKind::Bool)) return found;
  if (auto* number = std::get_if<policy::IntConst>(&found->node); number && type.kind == TypeKind::Int && !null)
    return inRange(number->value, type, written.range) ? make(type, written.range, *number) : nullptr;
  bool account = std::holds_alternative<policy::Account>(found->node);
  if (account && type.kind == TypeKind::Int && (type.name.empty() || type.name == found->type.name)) return found;
  return mismatch(":", written.range, key, found);
}

}  // namespace lsmpc::check
