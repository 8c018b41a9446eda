#include "compiler/lower/debug_types.h"

#include <llvm/BinaryFormat/Dwarf.h>

#include <algorithm>

namespace lsmpc::lower {
namespace {

// libbpf ignores what follows three underscores. Ours keeps our records apart from those of the C library, which LLVM
// would otherwise take for the same when name, offset and index agree (BPFAbstractMemberAccess keys by text).
constexpr const char* kFlavour = "___lsmpc";

}  // namespace

using namespace llvm;

DebugTypes::DebugTypes(DIBuilder& builder, DICompileUnit* unit, const decision::Decision& decision)
    : builder_(builder),
      unit_(unit),
      types_(*decision.policy.types) {
  for (const decision::Program& program : decision.programs)
    for (const decision::Value& value : program.values) collect(value.field);
}

void DebugTypes::collect(const btf::FieldPath& path) {
  for (const btf::Step& step : path.steps)
    if (!step.element) used_[step.record.value].emplace(Place{step.bit_offset, step.member}, step);
}

unsigned DebugTypes::indexOf(const btf::Step& step) const {
  const auto& members = used_.at(step.record.value);
  return static_cast<unsigned>(std::distance(members.begin(), members.find({step.bit_offset, step.member})));
}

// Of the type as it is written here: members that only later targets have may lie behind its end in the first one.
uint32_t DebugTypes::bytesOf(btf::TypeId id) const {
  const btf::Type& type = types_[id.value];
  if (type.shape == btf::Shape::Array) return type.count * bytesOf(type.target);
  uint32_t bytes = type.size;
  auto used = used_.find(id.value);
  if (type.shape == btf::Shape::Record && used != used_.end())
    for (const auto& [place, step] : used->second) bytes = std::max(bytes, step.bit_offset / 8 + bytesOf(step.type));
  return bytes;
}

DICompositeType* DebugTypes::empty(const std::string& name, bool is_union, uint32_t bytes) {
  uint64_t bits = uint64_t{bytes} * 8;
  if (is_union) return builder_.createUnionType(unit_, name, unit_->getFile(), 0, bits, 0, DINode::FlagZero, builder_.getOrCreateArray({}));
  return builder_.createStructType(unit_, name, unit_->getFile(), 0, bits, 0, DINode::FlagZero, nullptr, builder_.getOrCreateArray({}));
}

DICompositeType* DebugTypes::record(btf::TypeId id) {
  if (auto known = records_.find(id.value); known != records_.end()) return known->second;
  const btf::Type& type = types_[id.value];
  DICompositeType* result = empty(type.name.empty() ? "" : type.name + kFlavour, type.is_union, bytesOf(id));
  SmallVector<Metadata*> members;
  for (const auto& [place, step] : used_[id.value]) members.push_back(member(step, result));
  if (!members.empty()) builder_.replaceArrays(result, builder_.getOrCreateArray(members));
  return records_[id.value] = result;
}

Metadata* DebugTypes::member(const btf::Step& step, DIScope*) {
  DIFile* file = unit_->getFile();
  DIType* kind = type(step.type);
  if (step.bit_size != 0)
    return builder_.createBitFieldMemberType(unit_, step.member, file, 0, step.bit_size, step.bit_offset, step.bit_offset & ~7u,
                                             DINode::FlagZero, kind);
  return builder_.createMemberType(unit_, step.member, file, 0, kind->getSizeInBits(), 0, step.bit_offset, DINode::FlagZero, kind);
}

DIType* DebugTypes::type(btf::TypeId id) {
  const btf::Type& type = types_[id.value];
  switch (type.shape) {
    case btf::Shape::Record: return record(id);
    case btf::Shape::Pointer: return pointer();
    case btf::Shape::Array: return array(id);
    case btf::Shape::Bool: return builder_.createBasicType("_Bool", 8, dwarf::DW_ATE_boolean);
    // libbpf matches enums with enums only; the values do not matter, but there must be one.
    case btf::Shape::Enum:
      return builder_.createEnumerationType(unit_, type.name, unit_->getFile(), 0, uint64_t{type.size} * 8, 0,
                                            builder_.getOrCreateArray({builder_.createEnumerator("LSMPC_ANY", uint64_t{0})}), nullptr);
    default: return integer(type.size * 8, type.is_signed);
  }
}

DIType* DebugTypes::array(btf::TypeId id) {
  if (auto known = arrays_.find(id.value); known != arrays_.end()) return known->second;
  const btf::Type& type = types_[id.value];
  DIType* element = this->type(type.target);
  auto range = builder_.getOrCreateArray({builder_.getOrCreateSubrange(0, static_cast<int64_t>(type.count))});
  return arrays_[id.value] = builder_.createArrayType(element->getSizeInBits() * type.count, 0, element, range);
}

DIType* DebugTypes::integer(unsigned bits, bool is_signed) {
  // The names that clang gives the same types: they are then one in the object's BTF.
  const char* name = bits <= 8    ? (is_signed ? "signed char" : "unsigned char")
                     : bits <= 16 ? (is_signed ? "short" : "unsigned short")
                     : bits <= 32 ? (is_signed ? "int" : "unsigned int")
                                  : (is_signed ? "long long" : "unsigned long long");
  return builder_.createBasicType(name, bits, is_signed ? dwarf::DW_ATE_signed : dwarf::DW_ATE_unsigned);
}

DIType* DebugTypes::pointer() { return builder_.createPointerType(nullptr, 64); }

DICompositeType* DebugTypes::marker(const btf::Marker& marker) {
  std::string name = marker.record + "___lsmpc_" + marker.member;
  if (auto known = markers_.find(name); known != markers_.end()) return known->second;
  DICompositeType* result = empty(name, marker.is_union, 8);
  Metadata* member = builder_.createMemberType(unit_, marker.member, unit_->getFile(), 0, 64, 0, 0, DINode::FlagZero, pointer());
  builder_.replaceArrays(result, builder_.getOrCreateArray({member}));
  return markers_[name] = result;
}

}  // namespace lsmpc::lower
