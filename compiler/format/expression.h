// Where the lines of an expression may break.
#pragma once

#include "compiler/format/layout.h"

namespace lsmpc::format {

// `nest`: how much deeper than the lines around it those of the expression are.
void layOut(Layout& layout, const ast::Expr& expr, uint32_t nest = kIndent);

// The arguments of a call or the parameters of a template, one a line where they are broken: `items` are the pieces that they begin
// with, `open` and `close` the brackets.
void layOutList(Layout& layout, size_t open, const std::vector<size_t>& items, size_t close, uint32_t nest);
void layOutArguments(Layout& layout, size_t open, const std::vector<ast::ExprPtr>& arguments, uint32_t nest);

}  // namespace lsmpc::format
