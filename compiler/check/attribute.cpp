// Attributes: declared over a hook's arguments, made once for each hook that uses them.
#include <optional>
#include <utility>

#include "compiler/check/expression.h"
#include "compiler/check/types.h"

namespace lsmpc::check {

using policy::TypeKind;

std::optional<uint32_t> ExpressionChecker::attribute(const AttributeEntry& entry, ast::Range range) {
  if (auto known = attributes_.find(entry.name); known != attributes_.end()) return known->second;
  const ast::AttributeDeclaration& declaration = *entry.declaration;
  if (open_.contains(entry.name)) emitter_.report(Kind::CircularName, declaration.name.front().range, entry.name);
  if (failed_.contains(entry.name) || scope_.isFaulty(declaration)) return std::nullopt;
  // A fault of the definition on this hook is shown where the attribute is used.
  using Within = diag::Emitter::Within;
  std::optional<Within> within;
  if (range.end != 0) within.emplace(emitter_, Within::Shown::MoveTo, range, "in the definition of `" + entry.name + "`");
  if (declaration.hooks.empty() && !hook_.hook.actor) {
    emitter_.report(Kind::NoActor, range, hook_.hook.name, entry.name);
    return std::nullopt;
  }
  failed_.insert(entry.name);
  open_.insert(entry.name);  // ends a declaration that uses itself
  const Bindings* outside = std::exchange(bindings_, nullptr);
  Type wanted{.kind = TypeKind::Flags, .name = declaration.type.text};
  std::vector<std::string> outer = std::move(guards_);
  guards_.clear();
  size_t errors = emitter_.errorCount();
  ExprPtr value = this->value(*declaration.value, &wanted);
  guards_ = std::move(outer);
  bindings_ = outside;
  open_.erase(entry.name);
  if (!value || emitter_.errorCount() != errors) return std::nullopt;
  if (value->type.kind == TypeKind::Pointer || value->type.kind == TypeKind::Record) value = text(std::move(value));
  Type type = declaredType(declaration.type.text, value->type);
  if (type.kind == TypeKind::Error) {
    emitter_.report(Kind::TypeMismatch, declaration.type.range, "=", "the declared type " + declaration.type.text, describe(value));
    return std::nullopt;
  }
  auto typed = std::make_shared<policy::Expr>(*value);
  typed->type = type;
  auto index = static_cast<uint32_t>(hook_.attributes.size());
  hook_.attributes.push_back({entry.name, type, std::move(typed)});
  attributes_.emplace(entry.name, index);
  failed_.erase(entry.name);
  return index;
}

}  // namespace lsmpc::check
