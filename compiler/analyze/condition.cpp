#include "compiler/analyze/condition.h"

#include <algorithm>

namespace lsmpc::analyze {
namespace {

using policy::Builtin;
using policy::Expr;
using policy::TypeKind;

template <typename Node>
const Node* as(const Expr& expr) {
  return std::get_if<Node>(&expr.node);
}

std::vector<Lit> bitsOf(const ast::Address& address) {
  std::vector<Lit> bits;
  for (uint8_t byte : address.bytes)
    for (int bit = 7; bit >= 0; --bit) bits.push_back(byte >> bit & 1 ? kTrue : kFalse);
  return bits;
}

}  // namespace

Truth Condition::onValue(const Value& value, Lit holds) {
  Lit had = formula_.both(-value.unresolved, -value.absent);
  Lit yes = formula_.both(had, holds);
  return {yes, formula_.both(-value.unresolved, -yes)};
}

// A value of several is unresolved where one of them is, else absent where one is.
void Condition::spread(Value& result, const Value& part) {
  result.unresolved = formula_.either(result.unresolved, part.unresolved);
  result.absent = formula_.both(-result.unresolved, formula_.either(result.absent, part.absent));
}

Truth Condition::truth(const Expr& condition) {
  if (auto* truth = as<policy::BoolConst>(condition)) return truthOf(truth->value ? kTrue : kFalse);
  if (auto* negation = as<policy::Not>(condition)) return negated(truth(*negation->operand));
  if (auto* logic = as<policy::Logic>(condition)) {
    Truth left = truth(*logic->left), right = truth(*logic->right);
    if (logic->is_and) return {formula_.both(left.yes, right.yes), formula_.either(left.no, right.no)};
    return {formula_.either(left.yes, right.yes), formula_.both(left.no, right.no)};
  }
  auto known = truths_.find(&condition);
  return known != truths_.end() ? known->second : truths_[&condition] = test(condition);
}

Truth Condition::test(const Expr& condition) {
  if (auto* comparison = as<policy::Compare>(condition)) return compare(*comparison);
  if (auto* membership = as<policy::InDynamic>(condition)) return among(*membership);
  if (auto* exists = as<policy::Exists>(condition)) return truthOf(event_.exists(exists->path) ? kTrue : kFalse);
  if (auto* intervals = as<policy::InIntervals>(condition)) {
    const Value& value = this->value(*intervals->value);
    std::vector<Lit> any;
    for (const policy::Interval& one : intervals->intervals)
      any.push_back(one.low == one.high ? equal(formula_, value.number, constantWord(one.low))
                                        : formula_.both(less(formula_, constantWord(one.low), value.number, true),
                                                        less(formula_, value.number, constantWord(one.high), true)));
    return onValue(value, formula_.any(any));
  }
  if (auto* networks = as<policy::InCidrs>(condition)) {
    const Value& value = this->value(*networks->value);
    std::vector<Lit> any;
    for (const ast::Cidr& cidr : networks->cidrs) any.push_back(covers(cidr, value.address));
    return onValue(value, formula_.any(any));
  }
  if (auto* matches = as<policy::Matches>(condition)) {
    const Value& value = this->value(*matches->value);
    return onValue(value, this->matches(*matches, value));
  }
  if (auto* has = as<policy::Has>(condition)) {
    const Value& value = this->value(*has->value);
    std::vector<Lit> bits;
    for (size_t i = 0; i < 64; ++i)
      if (has->mask >> i & 1) bits.push_back(value.number.bit(i));
    return onValue(value, has->any ? formula_.any(bits) : formula_.all(bits));
  }
  if (auto* null = as<policy::IsNull>(condition)) {
    Lit is_null = event_.isNull(*null->value, hook_, true);
    auto* field = as<policy::Field>(*null->value);
    Reach reach = field ? event_.reach(*field->base, hook_) : Reach{};
    Value base{.absent = reach.absent, .unresolved = reach.unresolved, .number = {}, .address = {}, .texts = {}};
    return onValue(base, is_null);
  }
  const Value& value = this->value(condition);
  return onValue(value, nonZero(formula_, value.number));
}

Truth Condition::samePointers(const policy::Compare& comparison) {
  Reach left = event_.reach(*comparison.left, hook_), right = event_.reach(*comparison.right, hook_);
  std::string one = keyOf(*comparison.left, hook_), other = keyOf(*comparison.right, hook_);
  Value both{.absent = formula_.either(left.absent, right.absent),
             .unresolved = formula_.either(left.unresolved, right.unresolved),
             .number = {},
             .address = {},
             .texts = {}};
  both.absent = formula_.both(both.absent, -both.unresolved);
  return onValue(both, event_.unknown(std::min(one, other) + " == " + std::max(one, other)));
}

Truth Condition::compare(const policy::Compare& comparison) {
  if (comparison.left->type.kind == TypeKind::Pointer) return samePointers(comparison);
  const Value &left = value(*comparison.left), &right = value(*comparison.right);
  Value both;
  spread(both, left);
  spread(both, right);
  return onValue(both, holds(comparison, left, right));
}

Lit Condition::holds(const policy::Compare& comparison, const Value& left, const Value& right) {
  switch (comparison.op) {
    case ast::BinaryOp::Less: return less(formula_, left.number, right.number, false);
    case ast::BinaryOp::LessEqual: return less(formula_, left.number, right.number, true);
    case ast::BinaryOp::Greater: return less(formula_, right.number, left.number, false);
    case ast::BinaryOp::GreaterEqual: return less(formula_, right.number, left.number, true);
    default: return event_.sameValue(left, right, comparison.left->type);
  }
}

Lit Condition::matches(const policy::Matches& matches, const Value& value) {
  auto alphabet = matches.value->type.kind == TypeKind::Path ? match::Alphabet::Path : match::Alphabet::String;
  std::vector<Lit> any;
  for (const TextChoice& choice : value.texts) {
    bool constant = false;
    for (const match::Pattern& pattern : matches.patterns)
      constant = constant || (!choice.text && match::matches(pattern, alphabet, choice.constant));
    Lit holds = choice.text ? event_.texts.matches(*choice.text, matches.patterns) : constant ? kTrue : kFalse;
    any.push_back(formula_.both(choice.when, holds));
  }
  return formula_.any(any);
}

Lit Condition::covers(const ast::Cidr& cidr, const std::vector<Lit>& address) {
  std::vector<Lit> network = bitsOf(cidr.address), same;
  size_t prefix = cidr.prefix + (cidr.address.v4 ? 96u : 0u);
  for (size_t i = 0; i < prefix; ++i) same.push_back(formula_.same(network[i], address[i]));
  return formula_.all(same);
}

// `element`: its bytes (runtime/abi/layout.h).
Lit Condition::isElement(const Value& value, const policy::Type& type, const std::string& element) {
  if (policy::isText(type)) {
    Value constant;
    constant.texts = {{kTrue, std::nullopt, element}};
    return event_.sameValue(value, constant, type);
  }
  if (type.kind == TypeKind::Ip) {
    ast::Cidr cidr;
    cidr.prefix = static_cast<uint8_t>(element[0]);
    std::copy(element.begin() + 1, element.end(), cidr.address.bytes.begin());
    return covers(cidr, value.address);
  }
  uint64_t number = 0;
  for (size_t i = element.size(); i-- > 0;) number = number << 8 | static_cast<uint8_t>(element[i]);
  return equal(formula_, value.number, constantWord(type.is_signed ? policy::Int{static_cast<int64_t>(number)} : policy::Int{number}));
}

// Whatever the set holds while the policy is loaded: any values.
Truth Condition::among(const policy::InDynamic& membership) {
  Value value = this->value(*membership.value);
  if (event_.isFixed(*membership.set)) {
    std::vector<Lit> any;
    for (const std::string& element : membership.set->first) any.push_back(isElement(value, membership.value->type, element));
    return onValue(value, formula_.any(any));
  }
  Lit asked = formula_.both(-value.unresolved, -value.absent);
  value.unresolved = formula_.either(value.unresolved, formula_.both(asked, event_.unfilled(*membership.set)));
  Event::Member member{kFalse, keyOf(*membership.value, hook_), membership.value->type, value};
  return onValue(value, event_.member(*membership.set, member));
}

const Value& Condition::value(const Expr& expr) {
  if (auto* attribute = as<policy::AttributeRef>(expr)) return value(*hook_.attributes[attribute->index].value);
  auto known = values_.find(&expr);
  return known != values_.end() ? known->second : values_.emplace(&expr, made(expr)).first->second;
}

Value Condition::made(const Expr& expr) {
  Value result;
  if (auto* constant = as<policy::IntConst>(expr)) return result.number = constantWord(constant->value), result;
  if (auto* truth = as<policy::BoolConst>(expr)) return result.number = constantWord(truth->value), result;
  if (auto* text = as<policy::StringConst>(expr)) return result.texts = {{kTrue, std::nullopt, text->value}}, result;
  if (auto* address = as<policy::IpConst>(expr)) return result.address = bitsOf(address->value), result;
  if (auto* call = as<policy::BuiltinCall>(expr)) return this->call(*call, expr);
  if (as<policy::Account>(expr) || as<policy::Field>(expr) || as<policy::Argument>(expr)) return event_.value(expr, hook_);
  if (auto* bits = as<policy::Bits>(expr)) {
    const Value &left = value(*bits->left), &right = value(*bits->right);
    result.number = bits->is_and ? andWord(formula_, left.number, right.number) : orWord(formula_, left.number, right.number);
    spread(result, left);
    spread(result, right);
    return result;
  }
  Truth truth = this->truth(expr);  // a condition that is compared
  result.unresolved = formula_.both(-truth.yes, -truth.no);
  result.number.bits = {truth.yes};
  return result;
}

Value Condition::call(const policy::BuiltinCall& call, const Expr& expr) {
  switch (call.builtin) {
    case Builtin::Either: return value(*call.arguments[side_]);
    case Builtin::MapBits: return mapped(call);
    case Builtin::If: return chosen(call);
    case Builtin::Cast:
    case Builtin::Given: return value(*call.arguments[0]);
    case Builtin::Be16: {
      Value result = value(*call.arguments[0]);
      Word swapped;
      for (size_t i = 0; i < 16; ++i) swapped.bits.push_back(result.number.bit((i + 8) % 16));
      return result.number = swapped, result;
    }
    default: return event_.value(expr, hook_);
  }
}

Value Condition::mapped(const policy::BuiltinCall& call) {
  Value result = value(*call.arguments[0]);
  Word word;
  for (size_t i = 1; i + 1 < call.arguments.size(); i += 2) {
    Lit set = nonZero(formula_, andWord(formula_, result.number, value(*call.arguments[i]).number));
    Word part = value(*call.arguments[i + 1]).number;
    for (Lit& bit : part.bits) bit = formula_.both(bit, set);
    word = orWord(formula_, word, part);
  }
  return result.number = word, result;
}

Value Condition::chosen(const policy::BuiltinCall& call) {
  Truth truth = this->truth(*call.arguments[0]);
  const Value &then = value(*call.arguments[1]), &otherwise = value(*call.arguments[2]);
  Value result;
  Lit unknown = formula_.both(-truth.yes, -truth.no);
  result.unresolved = formula_.either(unknown, formula_.choose(truth.yes, then.unresolved, otherwise.unresolved));
  result.absent = formula_.both(-result.unresolved, formula_.choose(truth.yes, then.absent, otherwise.absent));
  result.number = chooseWord(formula_, truth.yes, then.number, otherwise.number);
  for (size_t i = 0; i < then.address.size() && i < otherwise.address.size(); ++i)
    result.address.push_back(formula_.choose(truth.yes, then.address[i], otherwise.address[i]));
  for (const TextChoice& choice : then.texts) result.texts.push_back({formula_.both(truth.yes, choice.when), choice.text, choice.constant});
  for (const TextChoice& choice : otherwise.texts)
    result.texts.push_back({formula_.both(-truth.yes, choice.when), choice.text, choice.constant});
  return result;
}

}  // namespace lsmpc::analyze
