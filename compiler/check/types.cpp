#include "compiler/check/types.h"

#include <algorithm>
#include <bit>

#include "compiler/policy/flags.h"

namespace lsmpc::check {

using policy::Type;
using policy::TypeKind;

Type typeOf(const btf::TargetSet& targets, btf::TypeId id) {
  const btf::Type& type = targets.type(id);
  Type result;
  switch (type.shape) {
    case btf::Shape::Bool: result.kind = TypeKind::Bool; break;
    case btf::Shape::Int:
    case btf::Shape::Enum:
      if (type.size == 0 || type.size > 8) break;
      result.kind = TypeKind::Int;
      result.bits = static_cast<uint8_t>(type.size * 8);
      result.is_signed = type.is_signed;
      break;
    case btf::Shape::Pointer:
      result.kind = TypeKind::Pointer;
      result.btf = type.target;
      break;
    case btf::Shape::Record:
    case btf::Shape::Array:
      result.kind = TypeKind::Record;
      result.btf = id;
      break;
    default: break;
  }
  return result;
}

Type declaredType(const std::string& name, const Type& value) {
  Type result = value;
  if (name == "path" || name == "string") {
    if (value.kind != (name == "path" ? TypeKind::Path : TypeKind::String)) result.kind = TypeKind::Error;
  } else if (name == "ip") {
    if (value.kind != TypeKind::Ip) result.kind = TypeKind::Error;
  } else if (name == "bool") {
    if (value.kind != TypeKind::Bool) result.kind = TypeKind::Error;
  } else if (!isInteger(value)) {
    result.kind = TypeKind::Error;
  } else if (policy::isFlagsDomain(name)) {
    result.kind = TypeKind::Flags;
    result.name = name;
    result.is_signed = false;
  } else {
    result.kind = TypeKind::Int;
    result.name = name == "int" ? "" : name;
    if (name == "port") result.bits = 16;
  }
  return result;
}

Type elementType(const std::string& name) {
  if (name == "path") return {.kind = TypeKind::Path};
  if (name == "string" || name == "glob") return {.kind = TypeKind::String};
  if (name == "ip" || name == "cidr") return {.kind = TypeKind::Ip};
  Type type{.kind = TypeKind::Int, .bits = 32, .name = name};
  if (name == "port") type.bits = 16;
  if (name == "pid") type.is_signed = true;
  if (name == "int") type = {.kind = TypeKind::Int, .bits = 64, .is_signed = true};
  return type;
}

std::string describe(const Type& type, const btf::TargetSet& targets) {
  switch (type.kind) {
    case TypeKind::Error: return "a value of unknown type";
    case TypeKind::Bool: return "a condition";
    case TypeKind::Int:
      if (!type.name.empty()) return "a " + type.name;
      return (type.is_signed ? "a signed integer of " : "an integer of ") + std::to_string(type.bits) + " bits";
    case TypeKind::Flags: return "flags of `" + type.name + "`";
    case TypeKind::Path: return "a path";
    case TypeKind::String: return "a string";
    case TypeKind::Ip: return "an IP address";
    case TypeKind::Null: return "null";
    case TypeKind::Record: {
      const btf::Type& record = targets.type(type.btf);
      return record.shape == btf::Shape::Array ? "an array" : "a `struct " + record.name + "`";
    }
    case TypeKind::Pointer: {
      const btf::Type& record = targets.type(type.btf);
      return record.shape == btf::Shape::Record ? "a pointer to `struct " + record.name + "`" : "a pointer";
    }
  }
  return "";
}

policy::Int lowest(const Type& type) { return type.is_signed ? -(policy::Int{1} << (type.bits - 1)) : policy::Int{0}; }

policy::Int highest(const Type& type) { return (policy::Int{1} << (type.is_signed ? type.bits - 1 : type.bits)) - 1; }

Type narrowestOf(policy::Int number) {
  auto bits = static_cast<unsigned>(std::bit_width(static_cast<uint64_t>(number < 0 ? -(number + 1) : number)));
  return {.kind = TypeKind::Int, .bits = static_cast<uint8_t>(bits + (number < 0 ? 1 : 0)), .is_signed = number < 0};
}

std::optional<Type> commonType(const Type& one, const Type& other) {
  if (one.kind != TypeKind::Int || other.kind != TypeKind::Int) return one;
  Type common = one.name.empty() ? other : one;
  common.is_signed = one.is_signed || other.is_signed;
  unsigned bits = 8;
  for (const Type* side : {&one, &other}) bits = std::max(bits, side->bits + (common.is_signed && !side->is_signed ? 1u : 0u));
  if (bits > 64) return std::nullopt;
  common.bits = static_cast<uint8_t>(std::bit_ceil(bits));
  return common;
}

bool isInteger(const Type& type) { return type.kind == TypeKind::Int || type.kind == TypeKind::Flags; }

}  // namespace lsmpc::check
