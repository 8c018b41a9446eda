#include "compiler/plan/translate.h"

#include <algorithm>

#include "compiler/policy/children.h"

namespace lsmpc::plan {
namespace {

using namespace decision;
using policy::Builtin;
using policy::ExprPtr;
using policy::TypeKind;

template <typename T>
const T* as(const ExprPtr& expr) {
  return std::get_if<T>(&expr->node);
}

const policy::BuiltinCall* callOf(const ExprPtr& expr, Builtin builtin) {
  auto* call = as<policy::BuiltinCall>(expr);
  return call && call->builtin == builtin ? call : nullptr;
}

constexpr Builtin kFacts[] = {Builtin::Exe, Builtin::Ancestors, Builtin::ParentExe, Builtin::TaskExe, Builtin::Script, Builtin::AskedScript};

bool isFact(Builtin builtin) { return std::find(std::begin(kFacts), std::end(kFacts), builtin) != std::end(kFacts); }

TestOp testOf(ast::BinaryOp op) {
  switch (op) {
    case ast::BinaryOp::Less: return TestOp::Less;
    case ast::BinaryOp::LessEqual: return TestOp::LessEqual;
    case ast::BinaryOp::Greater: return TestOp::Greater;
    case ast::BinaryOp::GreaterEqual: return TestOp::GreaterEqual;
    default: return TestOp::Equal;
  }
}

}  // namespace

NodeId Translator::condition(const ExprPtr& expr, View view, uint32_t rule) {
  rule_ = rule;
  return translate(expr, view);
}

NodeId Translator::translate(const ExprPtr& expr, View view) {
  Key key{expr.get(), view.side, view.swapped};
  if (auto known = nodes_.find(key); known != nodes_.end()) return known->second;
  NodeId node = Graph::kFalse;
  if (auto* e = as<policy::BoolConst>(expr))
    node = graph_.constant(e->value);
  else if (auto* e = as<policy::Not>(expr))
    node = graph_.negate(translate(e->operand, view));
  else if (auto* e = as<policy::Logic>(expr)) {
    std::vector<NodeId> sides = {translate(e->left, view), translate(e->right, view)};
    node = e->is_and ? graph_.all(sides) : graph_.any(sides);
  } else if (auto* e = as<policy::Compare>(expr))
    node = compare(*e, *expr, view);
  else if (auto* e = as<policy::Matches>(expr))
    node = matches(e->value, e->patterns, view);
  else if (auto* e = as<policy::InIntervals>(expr))
    node = inIntervals(*e, view);
  else if (auto* e = as<policy::InCidrs>(expr))
    node = inCidrs(*e, view);
  else if (auto* e = as<policy::InDynamic>(expr))
    node = inDynamic(e->value, *e->set, view);
  else if (auto* e = as<policy::Has>(expr))
    node = onValue(e->value, view, {.op = TestOp::Mask, .mask = e->mask, .any = e->any});
  else if (auto* e = as<policy::IsNull>(expr))
    node = onValue(e->value, view, {.op = TestOp::Null});
  else if (auto* e = as<policy::AttributeRef>(expr))
    node = translate(hook_.attributes[seen(e->index, view)].value, view);
  else if (auto* e = as<policy::BuiltinCall>(expr))
    node = call(*e, expr, view);
  else
    node = onValue(expr, view, {.op = TestOp::Truth});
  return nodes_[key] = node;
}

NodeId Translator::call(const policy::BuiltinCall& call, const ExprPtr& expr, View view) {
  if (call.builtin == Builtin::Either) return translate(call.arguments[view.side], view);
  if (call.builtin == Builtin::If)
    return graph_.choose(translate(call.arguments[0], view), translate(call.arguments[1], view), translate(call.arguments[2], view));
  return onValue(expr, view, {.op = TestOp::Truth});
}

// `test` with its left side filled in.
NodeId Translator::onValue(const ExprPtr& expr, View view, Test test) {
  auto left = value(expr, view);
  if (!left) return noSuchValue(expr->range);
  test.left = *left;
  return graph_.test(std::move(test));
}

NodeId Translator::compare(const policy::Compare& e, const policy::Expr& expr, View view) {
  if (e.op == ast::BinaryOp::NotEqual) return graph_.negate(compare({ast::BinaryOp::Equal, e.left, e.right}, expr, view));
  if (isText(e.left->type) && isText(e.right->type)) return sameText(e, expr, view);
  for (auto [constant, other] : {std::pair(&e.left, &e.right), std::pair(&e.right, &e.left)}) {
    if (auto* ip = as<policy::IpConst>(*constant); ip && !as<policy::IpConst>(*other))
      return onValue(*other, view, {.op = TestOp::Cidrs, .cidrs = {{ip->value, uint8_t(ip->value.v4 ? 32 : 128)}}});
  }
  auto left = value(e.left, view), right = value(e.right, view);
  if (left && right) return graph_.test({.op = testOf(e.op), .left = *left, .right = *right});
  if (e.left->type.kind == TypeKind::Bool && e.right->type.kind == TypeKind::Bool) {
    NodeId a = translate(e.left, view), b = translate(e.right, view);
    return graph_.choose(a, b, graph_.negate(b));
  }
  return noSuchValue(expr.range);
}

NodeId Translator::noSuchValue(base::Range range) {
  emitter_.report(diag::Kind::NoSuchValue, range).hint("compare with each constant on its own, joined by `or`");
  return Graph::kFalse;
}

// A choice between strings is judged string by string, as in `matches`.
NodeId Translator::sameText(const policy::Compare& e, const policy::Expr& expr, View view) {
  for (auto [one, other] : {std::pair(&e.left, &e.right), std::pair(&e.right, &e.left)}) {
    ExprPtr subject = resolve(*one, view);
    if (auto* text = as<policy::StringConst>(subject)) return matches(*other, {{match::Pattern::Kind::Literal, text->value}}, view);
    auto* call = as<policy::BuiltinCall>(subject);
    if (!call) continue;
    if (call->builtin == Builtin::If)
      return graph_.choose(translate(call->arguments[0], view), sameText({e.op, call->arguments[1], *other}, expr, view),
                           sameText({e.op, call->arguments[2], *other}, expr, view));
    if (isFact(call->builtin)) return factCompared(*one, *call);
  }
  auto left = value(e.left, view), right = value(e.right, view);
  return left && right ? graph_.test({.op = TestOp::Equal, .left = *left, .right = *right}) : noSuchValue(expr.range);
}

NodeId Translator::factCompared(const ExprPtr& expr, const policy::BuiltinCall& call) {
  auto* ref = as<policy::AttributeRef>(expr);
  emitter_.report(diag::Kind::FactCompared, expr->range, ref ? hook_.attributes[ref->index].name : policy::info(call.builtin).spelling)
      .hint("name the programs: `exe == \"/usr/bin/vim\"`, `exe in { … }`");
  return Graph::kFalse;
}

NodeId Translator::inDynamic(const ExprPtr& expr, const policy::DynamicSet& set, View view) {
  ExprPtr subject = resolve(expr, view);
  if (auto* call = as<policy::BuiltinCall>(subject)) {
    if (call->builtin == Builtin::If && isText(subject->type))
      return graph_.choose(translate(call->arguments[0], view), inDynamic(call->arguments[1], set, view),
                           inDynamic(call->arguments[2], set, view));
    if (isFact(call->builtin)) return factCompared(expr, *call);
  }
  bool network = subject->type.kind == TypeKind::Ip;
  auto kind = isText(subject->type) ? decision::Set::Kind::Strings : network ? decision::Set::Kind::Networks : decision::Set::Kind::Numbers;
  auto number = sets_.dynamic(set, kind, rule_);
  if (number) return onValue(expr, view, {.op = TestOp::InMap, .set = *number});
  emitter_.report(diag::Kind::DynamicTwins, expr->range, set.name).hint("name them differently, or declare the set in one file that both use");
  return Graph::kFalse;
}

// A choice between strings is judged string by string: only its ends are in slots or are constants.
NodeId Translator::matches(const ExprPtr& expr, const match::Predicate& patterns, View view) {
  ExprPtr subject = resolve(expr, view);
  match::Alphabet alphabet = subject->type.kind == TypeKind::Path ? match::Alphabet::Path : match::Alphabet::String;
  if (patterns.empty()) return Graph::kFalse;
  if (auto* text = as<policy::StringConst>(subject)) {
    for (const match::Pattern& pattern : patterns)
      if (match::matches(pattern, alphabet, text->value)) return Graph::kTrue;
    return Graph::kFalse;
  }
  if (auto* choice = callOf(subject, Builtin::If))
    return graph_.choose(translate(choice->arguments[0], view), matches(choice->arguments[1], patterns, view),
                         matches(choice->arguments[2], patterns, view));
  if (auto* call = as<policy::BuiltinCall>(subject); call && isFact(call->builtin)) return fact(*call, patterns, *expr, view);
  if (patterns.size() > kMostInAutomaton) return amongStrings(expr, patterns, view);
  MatcherTable::Place place = matchers_.add(alphabet, patterns, rule_);
  return onValue(expr, view, {.op = TestOp::Class, .matcher = place.matcher, .predicate = place.predicate});
}

// Many literals are looked up; what else is among them is left to the automaton.
NodeId Translator::amongStrings(const ExprPtr& expr, const match::Predicate& patterns, View view) {
  std::vector<std::string> literals;
  match::Predicate others;
  for (const match::Pattern& pattern : patterns) {
    if (auto text = match::onlyText(pattern))
      literals.push_back(std::move(*text));
    else
      others.push_back(pattern);
  }
  std::vector<NodeId> either;
  if (literals.size() > kMostInAutomaton) {
    either.push_back(onValue(expr, view, {.op = TestOp::Listed, .set = sets_.strings(std::move(literals))}));
  } else {
    for (std::string& text : literals) others.push_back({match::Pattern::Kind::Literal, std::move(text)});
  }
  if (!others.empty()) {
    match::Alphabet alphabet = expr->type.kind == TypeKind::Path ? match::Alphabet::Path : match::Alphabet::String;
    MatcherTable::Place place = matchers_.add(alphabet, std::move(others), rule_);
    either.push_back(onValue(expr, view, {.op = TestOp::Class, .matcher = place.matcher, .predicate = place.predicate}));
  }
  return graph_.any(std::move(either));
}

NodeId Translator::inIntervals(const policy::InIntervals& in, View view) {
  auto left = value(in.value, view);
  if (!left || in.intervals.size() <= kMostCompared) return onValue(in.value, view, {.op = TestOp::Intervals, .intervals = in.intervals});
  return graph_.test({.op = TestOp::Listed, .left = *left, .set = sets_.numbers(in.intervals, graph_.at(*left).type.is_signed)});
}

NodeId Translator::inCidrs(const policy::InCidrs& in, View view) {
  if (in.cidrs.size() <= kMostCompared) return onValue(in.value, view, {.op = TestOp::Cidrs, .cidrs = in.cidrs});
  return onValue(in.value, view, {.op = TestOp::Listed, .set = sets_.networks(in.cidrs)});
}

// One bit of what is kept for the task.
NodeId Translator::fact(const policy::BuiltinCall& of, const match::Predicate& patterns, const policy::Expr& expr, View view) {
  auto bit = facts_.add(patterns, expr.range, emitter_);
  if (!bit) return Graph::kFalse;
  Value bits{.op = ValueOp::Builtin, .type = {.kind = TypeKind::Int, .bits = 64}, .builtin = of.builtin};
  for (const ExprPtr& argument : of.arguments)
    if (auto id = value(argument, view)) bits.operands.push_back(*id);
  ValueId kept = graph_.value(std::move(bits));
  if (auto* ref = std::get_if<policy::AttributeRef>(&expr.node)) graph_.name(kept, hook_.attributes[ref->index].name);
  return graph_.test({.op = TestOp::Mask, .left = kept, .mask = uint64_t{1} << *bit});
}

ExprPtr Translator::resolve(const ExprPtr& expr, View view) const {
  ExprPtr at = expr;
  while (true) {
    if (auto* ref = as<policy::AttributeRef>(at))
      at = hook_.attributes[seen(ref->index, view)].value;
    else if (auto* either = callOf(at, Builtin::Either))
      at = either->arguments[view.side];
    else
      return at;
  }
}

std::optional<ValueId> Translator::value(const ExprPtr& expr, View view) {
  Key key{expr.get(), view.side, view.swapped};
  if (auto known = values_.find(key); known != values_.end()) return known->second;
  auto id = compute(*expr, view);
  return values_[key] = id;
}

ValueId Translator::attribute(uint32_t index, View view) {
  auto id = value(hook_.attributes[index].value, view);
  return id ? *id : graph_.constant(0, {.kind = TypeKind::Null});
}

std::optional<ValueId> Translator::compute(const policy::Expr& expr, View view) {
  Value result{.op = ValueOp::Const, .type = expr.type};
  auto operand = [&](const ExprPtr& child) {
    auto id = value(child, view);
    if (id) result.operands.push_back(*id);
    return id.has_value();
  };
  if (auto* e = std::get_if<policy::IntConst>(&expr.node)) return graph_.constant(e->value, expr.type);
  if (auto* e = std::get_if<policy::BoolConst>(&expr.node)) return graph_.constant(e->value ? 1 : 0, expr.type);
  if (auto* e = std::get_if<policy::AttributeRef>(&expr.node)) {
    const policy::Attribute& attribute = hook_.attributes[seen(e->index, view)];
    auto id = value(attribute.value, view);
    if (id) graph_.name(*id, attribute.name);
    return id;
  }
  if (auto* e = std::get_if<policy::Account>(&expr.node)) {
    result.op = ValueOp::Account;
    result.account = *e;
    result.rule = rule_;
  } else if (auto* e = std::get_if<policy::Argument>(&expr.node)) {
    result.op = ValueOp::Argument;
    result.argument = e->name;
  } else if (auto* e = std::get_if<policy::Field>(&expr.node)) {
    result.op = ValueOp::Field;
    result.field = e->path;
    if (!operand(e->base)) return std::nullopt;
  } else if (auto* e = std::get_if<policy::Exists>(&expr.node)) {
    result.op = ValueOp::Exists;
    result.field = e->path;
  } else if (auto* e = std::get_if<policy::Bits>(&expr.node)) {
    result.op = e->is_and ? ValueOp::BitAnd : ValueOp::BitOr;
    if (!operand(e->left) || !operand(e->right)) return std::nullopt;
  } else if (auto* e = std::get_if<policy::BuiltinCall>(&expr.node)) {
    return callValue(*e, std::move(result), view);
  } else {
    return std::nullopt;
  }
  return graph_.value(std::move(result));
}

std::optional<ValueId> Translator::callValue(const policy::BuiltinCall& call, Value result, View view) {
  if (call.builtin == Builtin::Either) return value(call.arguments[view.side], view);
  bool is_if = call.builtin == Builtin::If;
  for (size_t i = is_if ? 1 : 0; i < call.arguments.size(); ++i) {
    auto id = value(call.arguments[i], view);
    if (!id) return std::nullopt;
    result.operands.push_back(*id);
  }
  result.op = is_if ? ValueOp::If : ValueOp::Builtin;
  result.builtin = call.builtin;
  if (is_if) result.condition = translate(call.arguments[0], view);
  return graph_.value(std::move(result));
}

std::optional<uint32_t> Translator::attributeNamed(std::string_view name) const {
  for (uint32_t i = 0; i < hook_.attributes.size(); ++i)
    if (hook_.attributes[i].name == name) return i;
  return std::nullopt;
}

uint32_t Translator::seen(uint32_t attribute, View view) const {
  if (!view.swapped) return attribute;
  const std::string& name = hook_.attributes[attribute].name;
  auto other = name == "old_path" ? attributeNamed("new_path") : name == "new_path" ? attributeNamed("old_path") : std::nullopt;
  return other.value_or(attribute);
}

template <typename Predicate>
bool Translator::anyOf(const ExprPtr& expr, Predicate predicate, std::set<const policy::Expr*>& done) const {
  if (!done.insert(expr.get()).second) return false;
  if (predicate(expr)) return true;
  if (auto* ref = as<policy::AttributeRef>(expr)) return anyOf(hook_.attributes[ref->index].value, predicate, done);
  for (const ExprPtr& child : childrenOf(*expr))
    if (anyOf(child, predicate, done)) return true;
  return false;
}

bool Translator::usesEither(const ExprPtr& expr) {
  std::set<const policy::Expr*> done;
  return anyOf(expr, [](const ExprPtr& e) { return callOf(e, Builtin::Either) != nullptr; }, done);
}

bool Translator::usesOldOrNew(const ExprPtr& expr) {
  std::set<const policy::Expr*> done;
  auto named = [&](const ExprPtr& e) {
    auto* ref = as<policy::AttributeRef>(e);
    return ref && (hook_.attributes[ref->index].name == "old_path" || hook_.attributes[ref->index].name == "new_path");
  };
  return anyOf(expr, named, done);
}

}  // namespace lsmpc::plan
