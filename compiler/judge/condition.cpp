#include "compiler/judge/condition.h"

#include <algorithm>

#include "compiler/judge/glob.h"

namespace lsmpc::judge {
namespace {

using policy::Builtin;
using policy::Expr;

Value numberOf(policy::Int number) { return {.known = Known::Value, .number = number}; }

template <typename Node>
const Node* as(const Expr& expr) {
  return std::get_if<Node>(&expr.node);
}

// The address as 16 bytes, IPv4 as mapped.
std::string bytesOf(const ast::Address& address) { return {address.bytes.begin(), address.bytes.end()}; }

bool covers(const std::string& network, unsigned prefix, const std::string& address) {
  for (unsigned bit = 0; bit < prefix; ++bit)
    if ((network[bit / 8] ^ address[bit / 8]) >> (7 - bit % 8) & 1) return false;
  return true;
}

bool within(const ast::Cidr& cidr, const ast::Address& address) {
  return covers(bytesOf(cidr.address), cidr.prefix + (cidr.address.v4 ? 96u : 0u), bytesOf(address));
}

bool holds(ast::BinaryOp op, policy::Int left, policy::Int right) {
  switch (op) {
    case ast::BinaryOp::Less: return left < right;
    case ast::BinaryOp::LessEqual: return left <= right;
    case ast::BinaryOp::Greater: return left > right;
    case ast::BinaryOp::GreaterEqual: return left >= right;
    default: return left == right;
  }
}

}  // namespace

// What is absent makes a test false.
template <typename Holds>
Truth Condition::onValue(const Expr& expr, Holds holds) {
  Value found = value(expr);
  switch (found.known) {
    case Known::Value: return truthOf(holds(found));
    case Known::Absent: return Truth::False;
    case Known::Unresolved: return Truth::Unresolved;
    default: return Truth::Unsaid;
  }
}

Truth Condition::judge(const Expr& condition) {
  if (auto* truth = as<policy::BoolConst>(condition)) return truthOf(truth->value);
  if (auto* negation = as<policy::Not>(condition)) return negated(judge(*negation->operand));
  if (auto* logic = as<policy::Logic>(condition)) {
    Truth left = judge(*logic->left);
    if (left == truthOf(!logic->is_and)) return left;  // the other side is not asked, and what it would ask need not be said
    Truth right = judge(*logic->right);
    return logic->is_and ? both(left, right) : either(left, right);
  }
  if (auto* comparison = as<policy::Compare>(condition)) return compare(*comparison);
  if (auto* membership = as<policy::InDynamic>(condition)) return among(*membership);
  if (auto* intervals = as<policy::InIntervals>(condition))
    return onValue(*intervals->value, [&](const Value& value) {
      return std::any_of(intervals->intervals.begin(), intervals->intervals.end(),
                         [&](const policy::Interval& one) { return one.low <= value.number && value.number <= one.high; });
    });
  if (auto* networks = as<policy::InCidrs>(condition))
    return onValue(*networks->value, [&](const Value& value) {
      return std::any_of(networks->cidrs.begin(), networks->cidrs.end(),
                         [&](const ast::Cidr& cidr) { return within(cidr, value.address); });
    });
  if (auto* matches = as<policy::Matches>(condition)) {
    bool path = matches->value->type.kind == policy::TypeKind::Path;
    return onValue(*matches->value, [&](const Value& value) {
      for (const std::string& text : value.texts)
        for (const match::Pattern& pattern : matches->patterns)
          if (fits(pattern, path, text)) return true;
      return false;
    });
  }
  if (auto* has = as<policy::Has>(condition))
    return onValue(*has->value, [&](const Value& value) {
      uint64_t set = static_cast<uint64_t>(value.number) & has->mask;
      return has->any ? set != 0 : set == has->mask;
    });
  if (auto* exists = as<policy::Exists>(condition)) return truthOf(said_.has(exists->path));
  if (auto* null = as<policy::IsNull>(condition)) return onValue(*null->value, [](const Value& value) { return value.number == 0; });
  return onValue(condition, [](const Value& value) { return value.number != 0; });
}

Truth Condition::compare(const policy::Compare& comparison) {
  Value left = value(*comparison.left), right = value(*comparison.right);
  for (Known known : {Known::Unsaid, Known::Unresolved, Known::Absent}) {
    if (left.known != known && right.known != known) continue;
    return known == Known::Unsaid ? Truth::Unsaid : known == Known::Unresolved ? Truth::Unresolved : Truth::False;
  }
  if (comparison.left->type.kind == policy::TypeKind::Ip) return truthOf(left.address.bytes == right.address.bytes);
  if (isText(comparison.left->type))
    return truthOf(std::find(left.texts.begin(), left.texts.end(), right.texts.empty() ? "" : right.texts.front()) != left.texts.end());
  return truthOf(holds(comparison.op, left.number, right.number));
}

Truth Condition::among(const policy::InDynamic& membership) {
  const Said::Set* said = said_.set(membership.set->name);
  bool asked = false;  // what is absent is in no set, whatever one holds
  Truth truth = onValue(*membership.value, [&](const Value& value) {
    asked = true;
    for (const std::string& element : said ? said->elements : membership.set->first) {
      if (membership.value->type.kind == policy::TypeKind::Ip) {
        if (covers(element.substr(1), static_cast<uint8_t>(element[0]), bytesOf(value.address))) return true;
      } else if (isText(membership.value->type)) {
        if (std::find(value.texts.begin(), value.texts.end(), element) != value.texts.end()) return true;
      } else {
        uint64_t number = 0;
        for (size_t i = element.size(); i-- > 0;) number = number << 8 | static_cast<uint8_t>(element[i]);
        if (number == static_cast<uint64_t>(value.number)) return true;
      }
    }
    return false;
  });
  return asked && said && said->known == Known::Unresolved ? Truth::Unresolved : truth;
}

Value Condition::value(const Expr& expr) {
  if (auto* constant = as<policy::IntConst>(expr)) return numberOf(constant->value);
  if (auto* truth = as<policy::BoolConst>(expr)) return numberOf(truth->value);
  if (auto* text = as<policy::StringConst>(expr)) return {.known = Known::Value, .texts = {text->value}};
  if (auto* address = as<policy::IpConst>(expr)) return {.known = Known::Value, .address = address->value};
  if (auto* account = as<policy::Account>(expr)) {
    const Value* said = said_.account(*account);
    if (!said) unsaid_.insert(policy::print(*account));
    return said ? *said : Value{};
  }
  if (const Value* said = said_.of(policy::print(expr, hook_))) return *said;
  if (auto* attribute = as<policy::AttributeRef>(expr)) {
    std::set<std::string> before = unsaid_;
    const Expr& definition = *hook_.attributes[attribute->index].value;
    auto* call = as<policy::BuiltinCall>(definition);
    Value found = value(definition);
    if (found.known != Known::Unsaid || (call && call->builtin == Builtin::Either)) return found;
    unsaid_ = std::move(before);
    unsaid_.insert(hook_.attributes[attribute->index].name);
    return {};
  }
  return stored(expr);
}

// What is not said itself, from what it is made of.
Value Condition::stored(const Expr& expr) {
  if (auto* call = as<policy::BuiltinCall>(expr)) return this->call(*call, expr);
  if (auto* bits = as<policy::Bits>(expr)) {
    Value left = value(*bits->left), right = value(*bits->right);
    for (Known known : {Known::Unsaid, Known::Unresolved, Known::Absent})
      if (left.known == known || right.known == known) return {.known = known};
    return numberOf(bits->is_and ? left.number & right.number : left.number | right.number);
  }
  if (!as<policy::Field>(expr) && !as<policy::Argument>(expr)) {
    Truth truth = judge(expr);  // a condition that is compared
    Known known = truth == Truth::Unsaid ? Known::Unsaid : truth == Truth::Unresolved ? Known::Unresolved : Known::Value;
    return {.known = known, .number = truth == Truth::True};
  }
  unsaid_.insert(policy::print(expr, hook_));
  return {};
}

Value Condition::mapped(const policy::BuiltinCall& call) {
  Value found = value(*call.arguments[0]);
  uint64_t result = 0;
  for (size_t i = 1; i + 1 < call.arguments.size(); i += 2)
    if (static_cast<uint64_t>(found.number) & static_cast<uint64_t>(value(*call.arguments[i]).number))
      result |= static_cast<uint64_t>(value(*call.arguments[i + 1]).number);
  if (found.known == Known::Value) found.number = result;
  return found;
}

Value Condition::call(const policy::BuiltinCall& call, const Expr& expr) {
  switch (call.builtin) {
    case Builtin::Either: return value(*call.arguments[side_]);
    case Builtin::MapBits: return mapped(call);
    case Builtin::Cast:
    case Builtin::Given: return value(*call.arguments[0]);
    case Builtin::Be16: {
      Value found = value(*call.arguments[0]);
      found.number = __builtin_bswap16(static_cast<uint16_t>(found.number));
      return found;
    }
    case Builtin::If: {
      Truth truth = judge(*call.arguments[0]);
      if (truth == Truth::Unsaid) return {};
      if (truth == Truth::Unresolved) return {.known = Known::Unresolved};
      return value(*call.arguments[truth == Truth::True ? 1 : 2]);
    }
    default: unsaid_.insert(policy::print(expr, hook_)); return {};
  }
}

}  // namespace lsmpc::judge
