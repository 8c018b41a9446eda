#include "compiler/format/expression.h"
#include "compiler/format/statement.h"

namespace lsmpc::format {
namespace {

// Of a scope that is named by a kind, the ast has the condition that it stands for.
const ast::Expr& written(const ast::Scope& scope) {
  if (scope.kind.text == "when") return *scope.value;
  const ast::Expr* test = scope.value.get();
  if (scope.kind.text == "program") test = std::get<ast::Binary>(test->node).left.get();
  return *std::get<ast::Binary>(test->node).right;
}

}  // namespace

// The `{` after a condition of several lines has its own, so that what stands in the block does not look like a part of it.
void layOut(Layout& layout, const ast::Scope& scope) {
  bool condition = scope.kind.text == "when";
  layOut(layout, written(scope), condition ? kIndent : 0);
  if (condition) layout.breakBefore(layout.end() - 1, Break::Close);
}

void layOut(Layout& layout, const ast::Template& head) {
  size_t open = layout.at(head.name.range.end);
  layout.glue(open);
  std::vector<size_t> items;
  for (const ast::Parameter& parameter : head.parameters) {
    items.push_back(layout.at(parameter.name.range.begin));
    layout.glue(layout.at(parameter.name.range.end));
  }
  layOutList(layout, open, items, layout.partner(open), 0);
}

void layOut(Layout& layout, const ast::CallStatement& call) {
  layOutArguments(layout, layout.at(call.callee.range.end), call.arguments, 0);
}

}  // namespace lsmpc::format
