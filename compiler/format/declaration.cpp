#include "compiler/format/expression.h"
#include "compiler/format/statement.h"

namespace lsmpc::format {

// A name may hold hyphens, which are tokens.
void layOut(Layout& layout, const ast::PolicyHeader& header) {
  for (size_t i = layout.at(header.name.range.begin) + 1, end = layout.at(header.name.range.end); i < end; ++i) layout.glue(i);
}

void layOut(Layout&, const ast::Use&) {}

void layOut(Layout& layout, const ast::Let& let) {
  layout.breakBefore(layout.before(let.value->range.begin), Break::Line);
  layOut(layout, *let.value);
}

void layOut(Layout& layout, const ast::SetDeclaration& set) {
  if (!set.from) layOut(layout, *set.value, 0);
}

void layOut(Layout& layout, const ast::AttributeDeclaration& attribute) {
  size_t equals = layout.before(attribute.value->range.begin);
  if (!attribute.hooks.empty()) {
    layout.group(layout.at(attribute.hooks.front().range.begin), equals - 1, 0);
    for (size_t i = 1; i < attribute.hooks.size(); ++i) layout.breakBefore(layout.at(attribute.hooks[i].range.begin), Break::Fill);
  }
  layout.breakBefore(equals, Break::Line);
  layOut(layout, *attribute.value);
}

}  // namespace lsmpc::format
