#include "compiler/analyze/witness.h"

#include <algorithm>
#include <set>

#include "compiler/policy/children.h"
#include "compiler/policy/flags.h"

namespace lsmpc::analyze {
namespace {

using policy::Builtin;
using policy::Expr;
using policy::ExprPtr;
using policy::TypeKind;

ExprPtr constant(const policy::Type& type, decltype(Expr::node) node) { return std::make_shared<Expr>(Expr{type, {}, std::move(node)}); }

ast::Address addressIn(const Formula& formula, const std::vector<Lit>& bits) {
  ast::Address address;
  for (size_t i = 0; i < bits.size(); ++i)
    if (formula.holds(bits[i])) address.bytes[i / 8] |= static_cast<uint8_t>(0x80 >> i % 8);
  constexpr std::array<uint8_t, 12> kMapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  address.v4 = std::equal(kMapped.begin(), kMapped.end(), address.bytes.begin());
  return address;
}

std::vector<std::string> textsIn(const Formula& formula, const Event& event, const Value& value) {
  for (const TextChoice& choice : value.texts)
    if (formula.holds(choice.when)) return choice.text ? event.texts.valuesOf(*choice.text) : std::vector<std::string>{choice.constant};
  return {""};
}

std::string elementOf(const Formula& formula, const Event& event, const Event::Member& member) {
  std::string bytes;
  if (policy::isText(member.type)) return textsIn(formula, event, member.value).front();
  if (member.type.kind == TypeKind::Ip) {
    ast::Address address = addressIn(formula, member.value.address);
    return std::string(1, static_cast<char>(128)) + std::string(address.bytes.begin(), address.bytes.end());
  }
  auto number = static_cast<uint64_t>(numberIn(formula, member.value.number));
  for (int i = 0; i < 8; ++i) bytes += static_cast<char>(number >> 8 * i);
  return bytes;
}

// The attributes and raw fields that a condition names, each once.
class Keys {
 public:
  Keys(const policy::HookPolicy& hook) : hook_(hook) {}

  void collect(const ExprPtr& expr) {
    if (auto* attribute = std::get_if<policy::AttributeRef>(&expr->node)) {
      const ExprPtr& definition = hook_.attributes[attribute->index].value;
      auto* call = std::get_if<policy::BuiltinCall>(&definition->node);
      if (call && call->builtin == Builtin::Either) return collectParts(*definition);
      return add(expr);
    }
    auto* call = std::get_if<policy::BuiltinCall>(&expr->node);
    if (call && (call->builtin == Builtin::Text || call->builtin == Builtin::FsPath)) return add(expr);
    if (std::holds_alternative<policy::Field>(expr->node) || std::holds_alternative<policy::Argument>(expr->node)) return add(expr);
    collectParts(*expr);
  }

  std::vector<ExprPtr> keys;

 private:
  void collectParts(const Expr& expr) {
    for (const ExprPtr& child : policy::childrenOf(expr)) collect(child);
  }
  void add(const ExprPtr& key) {
    if (seen_.insert(policy::print(*key, hook_)).second) keys.push_back(key);
  }

  const policy::HookPolicy& hook_;
  std::set<std::string> seen_;
};

std::vector<ExprPtr> valuesIn(const Formula& formula, const Event& event, const Value& value, const policy::Type& type) {
  if (type.kind == TypeKind::Ip) return {constant(type, policy::IpConst{addressIn(formula, value.address)})};
  if (policy::isText(type)) {
    std::vector<ExprPtr> texts;
    for (const std::string& text : textsIn(formula, event, value)) texts.push_back(constant(type, policy::StringConst{text}));
    return texts;
  }
  policy::Int number = numberIn(formula, value.number);
  if (type.kind == TypeKind::Bool) return {constant(type, policy::BoolConst{number != 0})};
  return {constant(type, policy::IntConst{number})};
}

// The same expression over a list of attributes that stands behind `base` others.
ExprPtr moved(const ExprPtr& expr, uint32_t base) {
  Expr copy = *expr;
  if (auto* attribute = std::get_if<policy::AttributeRef>(&copy.node)) attribute->index += base;
  if (auto* field = std::get_if<policy::Field>(&copy.node)) field->base = moved(field->base, base);
  if (auto* call = std::get_if<policy::BuiltinCall>(&copy.node))
    for (ExprPtr& argument : call->arguments) argument = moved(argument, base);
  if (auto* negation = std::get_if<policy::Not>(&copy.node)) negation->operand = moved(negation->operand, base);
  auto both = [&](auto* pair) {
    if (pair) pair->left = moved(pair->left, base), pair->right = moved(pair->right, base);
  };
  both(std::get_if<policy::Logic>(&copy.node));
  both(std::get_if<policy::Compare>(&copy.node));
  both(std::get_if<policy::Bits>(&copy.node));
  auto value = [&](auto* test) {
    if (test) test->value = moved(test->value, base);
  };
  value(std::get_if<policy::IsNull>(&copy.node));
  value(std::get_if<policy::Has>(&copy.node));
  value(std::get_if<policy::InIntervals>(&copy.node));
  value(std::get_if<policy::InCidrs>(&copy.node));
  value(std::get_if<policy::InDynamic>(&copy.node));
  value(std::get_if<policy::Matches>(&copy.node));
  return std::make_shared<Expr>(std::move(copy));
}

std::string textOf(const policy::Given& given) {
  if (given.presence == policy::Presence::Absent) return "absent";
  if (given.presence == policy::Presence::Unresolved) return "unresolved";
  std::string text;
  const policy::HookPolicy none{};
  for (const ExprPtr& value : given.values) {
    auto* number = std::get_if<policy::IntConst>(&value->node);
    bool flags = number && value->type.kind == TypeKind::Flags;
    text += (text.empty() ? "" : ", ") +
            (flags ? policy::flagsText(value->type.name, static_cast<uint64_t>(number->value)) : policy::print(*value, none));
  }
  return given.values.size() == 1 ? text : "{ " + text + " }";
}

}  // namespace

policy::Test witnessOf(const Formula& formula, const Event& event, Condition& condition, const policy::HookPolicy& hook,
                       const std::vector<ExprPtr>& asked, uint32_t target) {
  policy::Test test;
  test.targets = 1u << target;
  test.member = hook.member;
  test.tasks.push_back({});
  policy::Step step;
  step.hook = hook;
  step.hook.rules.clear();
  Keys keys(hook);
  for (const ExprPtr& one : asked) keys.collect(one);
  for (const ExprPtr& key : keys.keys) {
    if (key->type.kind == TypeKind::Pointer || key->type.kind == TypeKind::Record) continue;
    const Value& value = condition.value(*key);
    policy::Given given;
    given.key = key;
    given.presence = formula.holds(value.unresolved) ? policy::Presence::Unresolved
                     : formula.holds(value.absent)   ? policy::Presence::Absent
                                                     : policy::Presence::Value;
    if (given.presence == policy::Presence::Value) given.values = valuesIn(formula, event, value, key->type);
    step.given.push_back(std::move(given));
  }
  test.steps.push_back(std::move(step));
  for (const auto& [name, set] : event.sets()) {
    policy::AssumedSet assumed{{}, set.set, formula.holds(set.unfilled)};
    assumed.set.first.clear();
    for (const Event::Member& member : set.members)
      if (formula.holds(member.lit)) assumed.set.first.push_back(elementOf(formula, event, member));
    test.sets.push_back(std::move(assumed));
  }
  for (const auto& [name, account] : event.accounts()) {
    policy::AssumedAccount assumed{{}, account.account, std::nullopt};
    if (!formula.holds(account.value.unresolved)) assumed.id = static_cast<uint32_t>(numberIn(formula, account.value.number));
    test.accounts.push_back(std::move(assumed));
  }
  return test;
}

void addKeys(policy::Test& test, const policy::Test& more) {
  policy::Step& step = test.steps.front();
  const policy::Step& other = more.steps.front();
  std::set<std::string> known;
  for (const policy::Given& given : step.given) known.insert(policy::print(*given.key, step.hook));
  auto base = static_cast<uint32_t>(step.hook.attributes.size());
  for (policy::Attribute attribute : other.hook.attributes) {
    attribute.value = moved(attribute.value, base);
    step.hook.attributes.push_back(std::move(attribute));
  }
  for (policy::Given given : other.given) {
    if (!known.insert(policy::print(*given.key, other.hook)).second) continue;
    given.key = moved(given.key, base);
    step.given.push_back(std::move(given));
  }
}

std::string print(const policy::Test& witness) {
  const policy::Step& step = witness.steps.front();
  std::string text;
  for (const policy::Given& given : step.given)
    text += (text.empty() ? "" : ", ") + policy::print(*given.key, step.hook) + ": " + textOf(given);
  text = step.hook.hook.name + (text.empty() ? " {}" : " { " + text + " }");
  for (const policy::AssumedSet& set : witness.sets)
    text += ", with `" + set.set.name + "` " + (set.unresolved ? "not filled" : set.set.first.empty() ? "without it" : "holding it");
  for (const policy::AssumedAccount& account : witness.accounts)
    text += ", with " + policy::print(account.account) + " = " + (account.id ? std::to_string(*account.id) : "unresolved");
  return text;
}

}  // namespace lsmpc::analyze
