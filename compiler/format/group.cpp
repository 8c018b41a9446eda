#include "compiler/format/expression.h"
#include "compiler/format/statement.h"

namespace lsmpc::format {

// Below the `=` where they do not fit beside it. A member with a condition has a line of its own then.
void layOut(Layout& layout, const ast::Group& group) {
  size_t first = layout.at(group.members.front().hook.range.begin);
  layout.breakBefore(first, Break::Line);
  layout.group(first, layout.end() - 1, 0);
  for (size_t i = 0; i < group.members.size(); ++i) {
    bool alone = i > 0 && (group.members[i].when || group.members[i - 1].when);
    if (i > 0) layout.breakBefore(layout.at(group.members[i].hook.range.begin), alone ? Break::Item : Break::FillItem);
    if (group.members[i].when) layOut(layout, *group.members[i].when);
  }
}

}  // namespace lsmpc::format
