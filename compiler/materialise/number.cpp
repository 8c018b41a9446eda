#include "compiler/materialise/scene.h"

namespace lsmpc::materialise {
namespace {

using policy::Expr;

bool isConstant(const Expr& expr) { return std::holds_alternative<policy::IntConst>(expr.node); }

uint64_t constant(const Expr& expr) {
  auto* constant = std::get_if<policy::IntConst>(&expr.node);
  return constant ? static_cast<uint64_t>(constant->value) : 0;
}

// All bits that `bits(x, from, to …)` can give.
uint64_t reachOf(const policy::BuiltinCall& call) {
  uint64_t reach = 0;
  for (size_t i = 2; i < call.arguments.size(); i += 2) reach |= constant(*call.arguments[i]);
  return reach;
}

}  // namespace

bool Scene::putNumber(const Expr& place, uint64_t value) {
  if (auto* argument = std::get_if<policy::Argument>(&place.node)) return arguments_[argument->name] = value, true;
  if (auto* attribute = std::get_if<policy::AttributeRef>(&place.node)) return putNumber(*hook_.attributes[attribute->index].value, value);
  if (auto* bits = std::get_if<policy::Bits>(&place.node)) return putBits(*bits, value);
  if (auto* field = std::get_if<policy::Field>(&place.node)) {
    std::string member = btf::textOf(field->path);
    return kernel_.put(object(*field->base), member, value) || fail("this kernel has no `" + member + "` there");
  }
  auto* call = std::get_if<policy::BuiltinCall>(&place.node);
  if (!call) return number(place) == value || fail("it is always " + std::to_string(number(place)) + " here");
  const auto& arguments = call->arguments;
  switch (call->builtin) {
    case policy::Builtin::MapBits: return putMapped(*call, value);
    case policy::Builtin::Be16: return putNumber(*arguments[0], __builtin_bswap16(static_cast<uint16_t>(value)));
    case policy::Builtin::CurrentPid:
      host_.tasks().putPid(actor_, static_cast<uint32_t>(value), static_cast<uint32_t>(kernel_.get(actor_.task, "pid")));
      return true;
    case policy::Builtin::CurrentTid:
      host_.tasks().putPid(actor_, static_cast<uint32_t>(kernel_.get(actor_.task, "tgid")), static_cast<uint32_t>(value));
      return true;
    case policy::Builtin::Caps: {
      simulate::Address at = kernel_.addressOf(object(*arguments[0]), "cap_effective");
      return kernel_.memory().write(at, &value, sizeof value) || fail("this kernel has no capabilities there");
    }
    case policy::Builtin::ExecStep:
      return fail("an exec tells it: with `script` given the file that is asked for is step 0, the program 1");
    case policy::Builtin::SocketPort: return putSocketName(*call, nullptr, &value);
    case policy::Builtin::LocalPort:
    case policy::Builtin::PeerPort: return putSocketEnd(*call, nullptr, &value);
    default:
      return fail("`" + std::string(policy::info(call->builtin).spelling) + "` cannot be given: say what it is made of, by raw fields");
  }
}

bool Scene::putBits(const policy::Bits& bits, uint64_t value) {
  if (bits.is_and && (isConstant(*bits.left) || isConstant(*bits.right))) {
    const Expr& place = isConstant(*bits.right) ? *bits.left : *bits.right;
    uint64_t mask = constant(isConstant(*bits.right) ? *bits.right : *bits.left);
    if (value & ~mask) return fail("it has no bits but those of " + std::to_string(mask));
    return putNumber(place, (number(place) & ~mask) | value);
  }
  auto* left = std::get_if<policy::BuiltinCall>(&bits.left->node);
  auto* right = std::get_if<policy::BuiltinCall>(&bits.right->node);
  if (bits.is_and || !left || !right || left->builtin != policy::Builtin::MapBits || right->builtin != policy::Builtin::MapBits)
    return fail("what is made of two numbers cannot be given: say what they are, by raw fields");
  if (value & ~(reachOf(*left) | reachOf(*right))) return fail("it cannot have all of these flags on this hook");
  return putMapped(*left, value & reachOf(*left)) && putMapped(*right, value & reachOf(*right));
}

bool Scene::putMapped(const policy::BuiltinCall& call, uint64_t value) {
  const Expr& place = *call.arguments[0];
  uint64_t word = number(place), set = 0;
  if (value & ~reachOf(call)) return fail("it cannot have all of these flags on this hook");
  for (size_t i = 1; i + 1 < call.arguments.size(); i += 2) {
    uint64_t from = constant(*call.arguments[i]), to = constant(*call.arguments[i + 1]);
    word &= ~from;
    if (value & to) set |= from & -from;
  }
  return putNumber(place, word | set);
}

// As it stands now, without what cannot be read.
uint64_t Scene::number(const Expr& place) {
  if (auto* argument = std::get_if<policy::Argument>(&place.node)) return arguments_[argument->name];
  if (auto* attribute = std::get_if<policy::AttributeRef>(&place.node)) return number(*hook_.attributes[attribute->index].value);
  if (auto* field = std::get_if<policy::Field>(&place.node)) return kernel_.get(object(*field->base), btf::textOf(field->path));
  if (auto* bits = std::get_if<policy::Bits>(&place.node)) {
    uint64_t left = number(*bits->left), right = number(*bits->right);
    return bits->is_and ? left & right : left | right;
  }
  return constant(place);
}

bool Scene::putCondition(const Expr& condition, bool value) {
  if (auto* attribute = std::get_if<policy::AttributeRef>(&condition.node))
    return putCondition(*hook_.attributes[attribute->index].value, value);
  if (auto* negation = std::get_if<policy::Not>(&condition.node)) return putCondition(*negation->operand, !value);
  if (auto* comparison = std::get_if<policy::Compare>(&condition.node)) return putComparison(*comparison, value);
  if (auto* null = std::get_if<policy::IsNull>(&condition.node)) {
    if (value) return putPointer(*null->value, 0);
    return object(*null->value).address != 0 || fail("there is nothing that it could point to");
  }
  if (auto* logic = std::get_if<policy::Logic>(&condition.node)) {
    if (logic->is_and == value) return putCondition(*logic->left, value) && putCondition(*logic->right, value);
    return putCondition(*logic->left, value);
  }
  if (auto* has = std::get_if<policy::Has>(&condition.node)) {
    uint64_t now = number(*has->value);
    return putNumber(*has->value, value ? now | has->mask : now & ~has->mask);
  }
  if (condition.type.kind == policy::TypeKind::Bool && !std::holds_alternative<policy::BuiltinCall>(condition.node))
    return putNumber(condition, value);
  return fail("this condition cannot be given: say what it is made of, by raw fields");
}

// Another number, or another object like the one that is there.
bool Scene::putComparison(const policy::Compare& comparison, bool value) {
  const Expr& left = *comparison.left;
  if (left.type.kind == policy::TypeKind::Pointer) {
    simulate::Object one = object(left), other = object(*comparison.right);
    if ((one.address == other.address) == value) return true;
    if (value) return putPointer(left, other.address);
    return putPointer(left, copyOf(one).address);
  }
  uint64_t other = number(*comparison.right);
  switch (comparison.op) {
    case ast::BinaryOp::Equal: return putNumber(left, value ? other : other + 1);
    case ast::BinaryOp::Less: return putNumber(left, value ? other - 1 : other);
    case ast::BinaryOp::LessEqual: return putNumber(left, value ? other : other + 1);
    case ast::BinaryOp::Greater: return putNumber(left, value ? other + 1 : other);
    default: return putNumber(left, value ? other : other - 1);
  }
}

// A side that is a constant is had by its condition; any other value by the other side.
bool Scene::putIf(const policy::BuiltinCall& call, const Expr& value) {
  auto same = [](const Expr& left, const Expr& right) {
    auto* text = std::get_if<policy::StringConst>(&left.node);
    auto* other = std::get_if<policy::StringConst>(&right.node);
    if (text && other) return text->value == other->value;
    auto* number = std::get_if<policy::IntConst>(&left.node);
    auto* second = std::get_if<policy::IntConst>(&right.node);
    return number && second && number->value == second->value;
  };
  for (size_t side : {1, 2})
    if (same(*call.arguments[side], value)) return putCondition(*call.arguments[0], side == 1);
  bool first = call.arguments[1]->node.index() != value.node.index();
  return putCondition(*call.arguments[0], first) && give(*call.arguments[first ? 1 : 2], value);
}

}  // namespace lsmpc::materialise
