// Attributes: declared over a hook's arguments, made once for each hook that uses them.
#include "compiler/check/expression.h"
#include "compiler/check/types.h"

namespace lsmpc::check {

using policy::TypeKind;

std::optional<uint32_t> ExpressionChecker::attribute(const AttributeEntry& entry, ast::Range range) {
  if (auto known = attributes_.find(entry.name); known != attributes_.end()) return known->second;
  if (failed_.contains(entry.name)) return std::nullopt;
  const ast::AttributeDeclaration& declaration = *entry.declaration;
  if (declaration.hooks.empty() && !hook_.hook.actor) {
    emitter_.report(Kind::NoActor, range, hook_.hook.name, entry.name);
    return std::nullopt;
  }
  failed_.insert(entry.name);  // also ends a declaration that uses itself
  Type wanted{.kind = TypeKind::Flags, .name = declaration.type.text};
  std::vector<std::string> outer = std::move(guards_);
  guards_.clear();
  size_t errors = emitter_.errorCount();
  ExprPtr value = this->value(*declaration.value, &wanted);
  guards_ = std::move(outer);
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
