#include "compiler/materialise/scene.h"
#include "compiler/policy/children.h"

namespace lsmpc::materialise {

// Whatever the rules may come to on their way: a plain host has it.
void Scene::meet(const policy::Expr& expr) {
  if (auto* attribute = std::get_if<policy::AttributeRef>(&expr.node)) {
    if (met_.insert(attribute->index).second) meet(*hook_.attributes[attribute->index].value);
    return;
  }
  for (const policy::ExprPtr& child : policy::childrenOf(expr)) meet(*child);
  if (std::holds_alternative<policy::Field>(expr.node) && expr.type.kind == policy::TypeKind::Pointer) object(expr);
  if (auto* field = std::get_if<policy::Field>(&expr.node)) object(*field->base);
}

void Scene::prepare(const policy::HookPolicy& rules) {
  Scene scene(host_, rules, types_, actor_);
  scene.arguments_ = arguments_;
  scene.plains_ = plains_;
  for (const policy::HookRule& rule : rules.rules) scene.meet(*rule.condition);
  for (uint32_t attribute : rules.event_attributes) scene.meet(*rules.attributes[attribute].value);
  arguments_ = std::move(scene.arguments_);
  plains_ = scene.plains_;
}

}  // namespace lsmpc::materialise
