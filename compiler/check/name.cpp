// Names: declarations of the file, attributes, constants, the hook's arguments and their members.
#include <algorithm>

#include "compiler/check/expression.h"
#include "compiler/policy/flags.h"
#include "compiler/check/types.h"
#include "runtime/match/suggest.h"
#include "stdlib/constants/constants.h"

namespace lsmpc::check {

using policy::TypeKind;

namespace {

std::string didYouMean(std::string_view word, const std::vector<std::string>& candidates) {
  auto nearest = match::nearest(word, candidates);
  return nearest ? "did you mean `" + *nearest + "`?" : "";
}

}  // namespace

ExprPtr ExpressionChecker::path(const ast::Path& path, ast::Range range, const Type* expected) {
  const ast::Name& first = path.names.front();
  if (first.text == "arg") return argument(path, range);
  if (path.names.size() == 1) {
    if (expected && expected->kind == TypeKind::Flags)
      if (auto mask = policy::flagMask(expected->name, first.text)) return make(*expected, range, policy::IntConst{*mask});
    if (scope_.isPoisoned(first.text)) return nullptr;
    if (const ast::Let* let = letNamed(first.text)) return constantNamed(*let, expected);
    if (const ast::SetDeclaration* set = setNamed(first.text)) {
      emitter_.report(Kind::SetIsNoValue, range, "the set `" + first.text + "`").note(set->name.range, "declared here");
      return nullptr;
    }
  }
  // The longest prefix that is an attribute; members may follow.
  for (size_t length = path.names.size(); length > 0; --length) {
    std::string name = joined({path.names.begin(), path.names.begin() + static_cast<ptrdiff_t>(length)});
    if (const AttributeEntry* entry = scope_.attribute(name, hook_.hook.name)) {
      auto index = attribute(*entry, range);
      if (!index) return nullptr;
      return members(make(hook_.attributes[*index].type, range, policy::AttributeRef{*index}), path.names, length, name);
    }
    if (!scope_.isAttribute(name)) continue;
    auto message = emitter_.report(Kind::NoSuchAttribute, range, hook_.hook.name, name);
    message.hint("hooks that have it: " + match::quotedList(scope_.hooksOf(name), 6));
    return nullptr;
  }
  if (path.names.size() == 1)
    if (ExprPtr found = constant(first)) return found;
  return unknownName(path);
}

const ast::Let* ExpressionChecker::letNamed(std::string_view name) const {
  if (bindings_)
    if (auto found = bindings_->lets.find(name); found != bindings_->lets.end()) return found->second;
  return scope_.let(name);
}

const ast::SetDeclaration* ExpressionChecker::setNamed(std::string_view name) const {
  if (bindings_)
    if (auto found = bindings_->sets.find(name); found != bindings_->sets.end()) return found->second;
  return scope_.set(name);
}

// Each constant is looked at once, however many others stand on it.
ExprPtr ExpressionChecker::constantNamed(const ast::Let& let, const Type* expected) {
  std::pair key(&let, expected ? expected->name : "");
  if (auto known = lets_.find(key); known != lets_.end()) return known->second;
  ExprPtr result = value(*let.value, expected);
  return lets_[key] = result;
}

ExprPtr ExpressionChecker::constant(const ast::Name& name) {
  if (const constants::Constant* found = constants::find(name.text)) return integer(found->value, name.range);
  auto enumerator = targets_.enumerator(name.text);
  if (!enumerator) return nullptr;
  if (!enumerator->same_everywhere || enumerator->present != targets_.all())
    emitter_.report(Kind::ConstantDiffers, name.range, name.text, targets_.names(targets_.all()));
  return integer(enumerator->value, name.range);
}

ExprPtr ExpressionChecker::unknownName(const ast::Path& path) {
  std::string name = joined(path.names);
  ast::Range range = base::join(path.names.front().range, path.names.back().range);
  auto message = emitter_.report(Kind::UnknownName, range, name);
  auto is_argument = [&](const btf::HookArgument& a) { return a.name == path.names.front().text; };
  const auto& arguments = hook_.hook.arguments;
  auto nearest = match::nearest(name, scope_.names(hook_.hook.name));
  bool attribute = nearest && path.names.size() > 1 && nearest->starts_with(path.names.front().text + ".");
  if (!attribute && std::any_of(arguments.begin(), arguments.end(), is_argument))
    message.hint("the hook's argument is `arg." + name + "`").fix(range, "arg." + name);
  else if (std::string use = scope_.useFor(name); !use.empty())
    message.hint(use);
  else if (nearest)
    message.hint("did you mean `" + *nearest + "`?");
  else if (!hook_.hook.name.empty())
    message.hint("`lsmpc hooks " + hook_.hook.name + "` lists the attributes and arguments of this hook");
  return nullptr;
}

ExprPtr ExpressionChecker::argument(const ast::Path& path, ast::Range range) {
  std::vector<std::string> names;
  for (const btf::HookArgument& argument : hook_.hook.arguments) names.push_back(argument.name);
  if (path.names.size() == 1) {
    emitter_.report(Kind::ArgumentWithoutName, range, hook_.hook.name).hint("its arguments: " + match::quotedList(names, 12));
    return nullptr;
  }
  const ast::Name& name = path.names[1];
  auto found = std::find_if(hook_.hook.arguments.begin(), hook_.hook.arguments.end(),
                            [&](const btf::HookArgument& a) { return a.name == name.text; });
  if (found == hook_.hook.arguments.end()) {
    std::string hint = didYouMean(name.text, names);
    emitter_.report(Kind::UnknownArgument, name.range, hook_.hook.name, name.text)
        .hint(hint.empty() ? "its arguments: " + match::quotedList(names, 12) : hint);
    return nullptr;
  }
  if (btf::TargetMask missing = hook_.targets & ~found->present)
    emitter_.report(Kind::ArgumentNotOnTarget, name.range, name.text, targets_.names(missing));
  Type type = typeOf(targets_, found->type);
  if (type.kind == TypeKind::Error) {
    emitter_.report(Kind::UnreadableType, name.range, "arg." + name.text);
    return nullptr;
  }
  return members(make(type, range, policy::Argument{name.text}), path.names, 2, "arg." + name.text);
}

ExprPtr ExpressionChecker::members(ExprPtr base, const std::vector<ast::Name>& names, size_t first, std::string text) {
  for (size_t i = first; base && i < names.size(); ++i) {
    std::string whole = text + "." + names[i].text;
    base = member(std::move(base), names[i], text, whole);
    text = whole;
  }
  return base;
}

ExprPtr ExpressionChecker::member(ExprPtr base, const ast::Name& name, const std::string& base_text, const std::string& whole) {
  bool has_members = (base->type.kind == TypeKind::Pointer || base->type.kind == TypeKind::Record) &&
                     targets_.type(base->type.btf).shape == btf::Shape::Record;
  if (!has_members) {
    emitter_.report(Kind::NoMembers, name.range, describe(base)).hint("a `.` follows a struct or a pointer to one");
    return nullptr;
  }
  auto field = targets_.member(base->type.btf, name.text);
  std::string record = "struct " + targets_.type(base->type.btf).name;
  if (!field || field->present == 0) {
    std::vector<std::string> known = targets_.memberNames(base->type.btf);
    std::string hint = didYouMean(name.text, known);
    emitter_.report(Kind::UnknownMember, name.range, record, name.text)
        .hint(hint.empty() ? "its members: " + match::quotedList(known, 8) : hint);
    return nullptr;
  }
  btf::TargetMask missing = hook_.targets & ~field->present;
  // A guard on what lies behind this member guards this member too.
  bool guarded = std::any_of(guards_.begin(), guards_.end(), [&](const std::string& guard) {
    return guard.starts_with(whole) && (guard.size() == whole.size() || guard[whole.size()] == '.' || guard[whole.size()] == '[');
  });
  if (missing && !guarded && !probing_)
    emitter_.report(Kind::MemberNotOnTarget, name.range, whole, targets_.names(missing)).hint("guard it: `exists(" + whole + ") and …`");
  Type type = typeOf(targets_, field->type);
  if (type.kind == TypeKind::Error) {
    emitter_.report(Kind::UnreadableType, name.range, whole);
    return nullptr;
  }
  if (field->steps.back().bit_size != 0 && type.kind == TypeKind::Int) type.bits = static_cast<uint8_t>(field->steps.back().bit_size);
  return make(type, name.range, policy::Field{std::move(base), std::move(*field)});
}

ExprPtr ExpressionChecker::index(const ast::Index& index, ast::Range range) {
  ExprPtr base = value(*index.base);
  if (!base) return nullptr;
  const btf::Type* array = base->type.kind == TypeKind::Record ? &targets_.type(base->type.btf) : nullptr;
  if (!array || array->shape != btf::Shape::Array) {
    emitter_.report(Kind::BadOperand, range, "[ ]", describe(base));
    return nullptr;
  }
  if (index.index >= array->count) {
    auto message = emitter_.report(Kind::BadIndex, range, std::to_string(index.index), std::to_string(array->count));
    if (array->count == 0) message.hint("how long it is, the kernel's types do not say");
    return nullptr;
  }
  Type type = typeOf(targets_, array->target);
  if (type.kind == TypeKind::Error) {
    emitter_.report(Kind::UnreadableType, range, "an element of this array");
    return nullptr;
  }
  btf::Step step{.record = base->type.btf, .element = index.index, .type = array->target};
  return make(type, range, policy::Field{base, {{std::move(step)}, array->target, targets_.type(array->target).present}});
}

}  // namespace lsmpc::check
