#include "compiler/format/expression.h"

#include <algorithm>

namespace lsmpc::format {
namespace {

using ast::BinaryOp;

bool isChained(BinaryOp op) { return op == BinaryOp::And || op == BinaryOp::Or || op == BinaryOp::BitAnd || op == BinaryOp::BitOr; }

// Numbers, addresses, ranges of them and names: short, and read as a whole.
bool isShort(const ast::Expr& expr) {
  if (auto* span = std::get_if<ast::SpanExpr>(&expr.node)) return isShort(*span->low) && isShort(*span->high);
  return std::holds_alternative<ast::Integer>(expr.node) || std::holds_alternative<ast::Address>(expr.node) ||
         std::holds_alternative<ast::Cidr>(expr.node) || std::holds_alternative<ast::Path>(expr.node);
}

struct Placer {
  Layout& layout;
  base::Range range;
  uint32_t nest;

  void expr(const ast::Expr& expr, uint32_t deeper) { layOut(layout, expr, deeper); }
  bool inBrackets(const ast::Expr& expr) { return layout.inBrackets(layout.at(expr.range.begin), layout.before(expr.range.end)); }

  void operator()(const ast::Poison&) {}
  void operator()(const ast::Integer&) {}
  void operator()(const ast::String&) {}
  void operator()(const ast::Boolean&) {}
  void operator()(const ast::Null&) {}
  void operator()(const ast::Address&) {}
  void operator()(const ast::Cidr&) {}
  void operator()(const ast::Path&) {}
  void operator()(const ast::Index& index) { expr(*index.base, nest); }
  void operator()(const ast::Member& member) { expr(*member.base, nest); }
  void operator()(const ast::Not& negation) { expr(*negation.operand, nest); }
  void operator()(const ast::SpanExpr& span) {
    expr(*span.low, nest);
    expr(*span.high, nest);
  }
  void operator()(const ast::Call& call) { layOutArguments(layout, layout.at(call.callee.range.end), call.arguments, nest); }

  void operator()(const ast::Binary& binary) {
    if (isChained(binary.op)) return chain(binary);
    expr(*binary.left, nest);
    expr(*binary.right, nest);
  }

  // The operators of a OP b OP c, from the left; brackets end a chain.
  std::vector<const ast::Binary*> linksOf(const ast::Binary& last) {
    std::vector<const ast::Binary*> links = {&last};
    for (;;) {
      const ast::Expr& left = *links.back()->left;
      auto* inner = std::get_if<ast::Binary>(&left.node);
      if (!inner || inner->op != last.op || inBrackets(left)) break;
      links.push_back(inner);
    }
    std::reverse(links.begin(), links.end());
    return links;
  }

  // read|write
  bool isFlags(const std::vector<const ast::Binary*>& links) {
    auto isName = [](const ast::Expr& expr) { return std::holds_alternative<ast::Path>(expr.node); };
    return links.front()->op == BinaryOp::BitOr && isName(*links.front()->left) &&
           std::all_of(links.begin(), links.end(), [&](const ast::Binary* link) { return isName(*link->right); });
  }

  // One group that breaks before each operator.
  void chain(const ast::Binary& last) {
    std::vector<const ast::Binary*> links = linksOf(last);
    const ast::Expr& first = *links.front()->left;
    layout.group(layout.at(first.range.begin), layout.before(last.right->range.end), nest);
    bool condition = last.op == BinaryOp::And || last.op == BinaryOp::Or;
    bool flags = isFlags(links);
    expr(first, kIndent);
    for (const ast::Binary* link : links) {
      size_t op = layout.at(link->left->range.end);
      layout.breakBefore(op, condition ? Break::Line : Break::Fill);
      if (flags) layout.glue(op), layout.glue(op + 1);
      expr(*link->right, kIndent);
    }
  }

  void operator()(const ast::SetLiteral& set) {
    size_t open = layout.at(range.begin), close = layout.before(range.end);
    while (layout.piece(open).text == "(") ++open, --close;
    layout.group(open, close, nest);
    layout.breakBefore(close, set.elements.empty() ? Break::Close : Break::CloseSet);
    bool filled = std::all_of(set.elements.begin(), set.elements.end(), [](const ast::ExprPtr& one) { return isShort(*one); });
    for (const ast::ExprPtr& element : set.elements) {
      bool first = element == set.elements.front();
      layout.breakBefore(layout.at(element->range.begin), first ? Break::Line : filled ? Break::FillItem : Break::Item);
      expr(*element, kIndent);
    }
  }
};

}  // namespace

void layOut(Layout& layout, const ast::Expr& expr, uint32_t nest) { std::visit(Placer{layout, expr.range, nest}, expr.node); }

void layOutList(Layout& layout, size_t open, const std::vector<size_t>& items, size_t close, uint32_t nest) {
  layout.group(open, close, nest);
  for (size_t item : items) layout.breakBefore(item, Break::Line);
  layout.breakBefore(close, Break::Close);
}

void layOutArguments(Layout& layout, size_t open, const std::vector<ast::ExprPtr>& arguments, uint32_t nest) {
  layout.glue(open);
  // A set alone brings its own lines.
  bool alone = arguments.size() == 1 && std::holds_alternative<ast::SetLiteral>(arguments.front()->node);
  if (!alone) {
    std::vector<size_t> items;
    for (const ast::ExprPtr& argument : arguments) items.push_back(layout.at(argument->range.begin));
    layOutList(layout, open, items, layout.partner(open), nest);
  }
  for (const ast::ExprPtr& argument : arguments) layOut(layout, *argument, alone ? nest : kIndent);
}

}  // namespace lsmpc::format
