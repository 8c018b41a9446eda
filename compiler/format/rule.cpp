#include "compiler/format/expression.h"
#include "compiler/format/statement.h"

namespace lsmpc::format {

// First the actions go on a line of their own, then the condition, then its parts.
void layOut(Layout& layout, const ast::On& rule) {
  size_t actions = layout.at(rule.actions.front().range.begin);
  layout.group(layout.first(), actions - 1, 0);
  layout.group(layout.at(rule.hooks.front().range.begin), layout.before(rule.hooks.back().range.end), 0);
  for (size_t i = 1; i < rule.hooks.size(); ++i) layout.breakBefore(layout.at(rule.hooks[i].range.begin), Break::Fill);
  if (rule.when) {
    layout.breakBefore(layout.before(rule.when->range.begin), Break::Line);
    layOut(layout, *rule.when);
  }
  layout.breakBefore(actions, Break::Line);
  layout.group(actions, layout.end() - 1, kIndent);
  for (size_t i = 1; i < rule.actions.size(); ++i) layout.breakBefore(layout.at(rule.actions[i].range.begin), Break::Fill);
}

}  // namespace lsmpc::format
