#include "compiler/analyze/same.h"

#include <algorithm>

#include "compiler/analyze/event.h"
#include "compiler/policy/children.h"

namespace lsmpc::analyze {
namespace {

using policy::Expr;

// Of two nodes of one kind what is not in their children.
struct Own {
  template <typename Node>
  bool operator()(const Node&, const Node&) const {
    return true;
  }
  bool operator()(const policy::IntConst& a, const policy::IntConst& b) const { return a.value == b.value; }
  bool operator()(const policy::BoolConst& a, const policy::BoolConst& b) const { return a.value == b.value; }
  bool operator()(const policy::StringConst& a, const policy::StringConst& b) const { return a.value == b.value; }
  bool operator()(const policy::IpConst& a, const policy::IpConst& b) const { return a.value.bytes == b.value.bytes; }
  bool operator()(const policy::Account& a, const policy::Account& b) const { return a == b; }
  bool operator()(const policy::Argument& a, const policy::Argument& b) const { return a.name == b.name; }
  bool operator()(const policy::Field& a, const policy::Field& b) const { return btf::textOf(a.path) == btf::textOf(b.path); }
  bool operator()(const policy::BuiltinCall& a, const policy::BuiltinCall& b) const { return a.builtin == b.builtin; }
  bool operator()(const policy::Logic& a, const policy::Logic& b) const { return a.is_and == b.is_and; }
  bool operator()(const policy::Compare& a, const policy::Compare& b) const { return a.op == b.op; }
  bool operator()(const policy::Bits& a, const policy::Bits& b) const { return a.is_and == b.is_and; }
  bool operator()(const policy::InIntervals& a, const policy::InIntervals& b) const {
    return std::equal(a.intervals.begin(), a.intervals.end(), b.intervals.begin(), b.intervals.end(),
                      [](const auto& x, const auto& y) { return x.low == y.low && x.high == y.high; });
  }
  bool operator()(const policy::InCidrs& a, const policy::InCidrs& b) const {
    return std::equal(a.cidrs.begin(), a.cidrs.end(), b.cidrs.begin(), b.cidrs.end(), [](const auto& x, const auto& y) {
      return x.address.bytes == y.address.bytes && x.address.v4 == y.address.v4 && x.prefix == y.prefix;
    });
  }
  bool operator()(const policy::InDynamic& a, const policy::InDynamic& b) const { return a.set->name == b.set->name; }
  bool operator()(const policy::Matches& a, const policy::Matches& b) const { return a.patterns == b.patterns; }
  bool operator()(const policy::Has& a, const policy::Has& b) const { return a.mask == b.mask && a.any == b.any; }
  bool operator()(const policy::Exists& a, const policy::Exists& b) const { return btf::textOf(a.path) == btf::textOf(b.path); }
};

}  // namespace

bool sameExpr(const Placed& left, const Placed& right) {
  if (auto* attribute = std::get_if<policy::AttributeRef>(&left.expr.node))
    return sameExpr({*left.hook.attributes[attribute->index].value, left.hook}, right);
  if (auto* attribute = std::get_if<policy::AttributeRef>(&right.expr.node))
    return sameExpr(left, {*right.hook.attributes[attribute->index].value, right.hook});
  if (left.expr.node.index() != right.expr.node.index()) return false;
  bool own = std::visit(
      [&](const auto& node) { return Own{}(node, std::get<std::decay_t<decltype(node)>>(right.expr.node)); }, left.expr.node);
  if (!own) return false;
  std::vector<policy::ExprPtr> one = policy::childrenOf(left.expr), other = policy::childrenOf(right.expr);
  return std::equal(one.begin(), one.end(), other.begin(), other.end(), [&](const policy::ExprPtr& x, const policy::ExprPtr& y) {
    return sameExpr({*x, left.hook}, {*y, right.hook});
  });
}

bool sameRule(const policy::Policy& left, const policy::HookPolicy& left_hook, size_t left_place, const policy::Policy& right,
              const policy::HookPolicy& right_hook, size_t right_place) {
  const policy::Rule &one = left.rules[left_hook.rules[left_place].rule], &other = right.rules[right_hook.rules[right_place].rule];
  bool same = one.verdict == other.verdict && one.errno_value == other.errno_value && one.signal_value == other.signal_value &&
              one.event == other.event && one.quiet == other.quiet && one.message == other.message && one.rate.text == other.rate.text;
  return same && sameExpr({*left_hook.rules[left_place].condition, left_hook}, {*right_hook.rules[right_place].condition, right_hook});
}

}  // namespace lsmpc::analyze
