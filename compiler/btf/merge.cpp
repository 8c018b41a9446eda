#include "compiler/btf/merge.h"

#include <algorithm>

namespace lsmpc::btf {
namespace {

constexpr int kMaxAnonymousDepth = 16;

size_t firstPresent(const Ids& ids) {
  size_t target = 0;
  while (target < ids.size() && ids[target] == 0) ++target;
  return target;
}

bool holdsPointer(const KernelTypes& kernel, const btf_type* record) {
  for (int i = 0; i < btf_vlen(record); ++i) {
    const btf_type* member = kernel.type(kernel.stripped(btf_members(record)[i].type));
    if (member && btf_is_ptr(member)) return true;
  }
  return false;
}

}  // namespace

Shape shapeOf(const btf_type* type) {
  if (!type || btf_is_void(type)) return Shape::Void;
  if (btf_is_int(type)) return btf_int_encoding(type) & BTF_INT_BOOL ? Shape::Bool : Shape::Int;
  if (btf_is_any_enum(type)) return Shape::Enum;
  if (btf_is_ptr(type)) return Shape::Pointer;
  if (btf_is_composite(type) || btf_is_fwd(type)) return Shape::Record;
  if (btf_is_array(type)) return Shape::Array;
  if (btf_is_func_proto(type) || btf_is_func(type)) return Shape::Function;
  return Shape::Other;
}

Merge::Merge(const std::vector<std::unique_ptr<KernelTypes>>& kernels) : kernels_(kernels), table_(std::make_shared<TypeTable>()) {
  table_->push_back(Type{});  // 0: void
  ids_.push_back(Ids(kernels.size(), 0));
  known_.emplace(ids_[0], 0);
}

Type Merge::describe(const Ids& ids) {
  size_t first = firstPresent(ids);
  const KernelTypes& kernel = *kernels_[first];
  const btf_type* entry = kernel.type(ids[first]);
  Type type;
  type.shape = shapeOf(entry);
  type.name = kernel.nameOf(entry);
  type.is_union = btf_is_union(entry);
  if (type.shape != Shape::Pointer && type.shape != Shape::Array && type.shape != Shape::Function && !btf_is_fwd(entry))
    type.size = entry->size;
  if (type.shape == Shape::Pointer) type.size = 8;
  if (type.shape == Shape::Int) type.is_signed = btf_int_encoding(entry) & BTF_INT_SIGNED;
  if (type.shape == Shape::Enum) type.is_signed = btf_kflag(entry);
  if (type.shape == Shape::Array) type.count = btf_array(entry)->nelems;
  for (size_t target = 0; target < ids.size(); ++target) {
    const btf_type* other = ids[target] ? kernels_[target]->type(ids[target]) : nullptr;
    bool equal = other && shapeOf(other) == type.shape && (type.shape != Shape::Record || kernels_[target]->nameOf(other) == type.name);
    if (equal) type.present |= 1u << target;
    if (equal && type.shape == Shape::Array) type.count = std::min(type.count, btf_array(other)->nelems);
  }
  return type;
}

TypeId Merge::intern(Ids ids) {
  for (size_t target = 0; target < ids.size(); ++target) {
    ids[target] = kernels_[target]->stripped(ids[target]);
    if (!kernels_[target]->type(ids[target])) ids[target] = 0;  // a broken file's id that leads nowhere
  }
  size_t first = firstPresent(ids);
  if (first == ids.size()) return {};
  const btf_type* entry = kernels_[first]->type(ids[first]);
  // Named records meet by name, whichever way led to them; a forward declaration becomes the record itself.
  if (shapeOf(entry) == Shape::Record && entry->name_off) {
    std::string name(kernels_[first]->nameOf(entry));
    for (size_t target = 0; target < ids.size(); ++target)
      if (uint32_t whole = kernels_[target]->record(name)) ids[target] = whole;
  }
  auto [place, added] = known_.emplace(ids, static_cast<uint32_t>(table_->size()));
  if (!added) return {place->second};
  uint32_t id = place->second;
  table_->push_back(describe(ids));
  ids_.push_back(ids);
  Shape shape = (*table_)[id].shape;
  if (shape == Shape::Pointer || shape == Shape::Array) {
    Ids inner(ids.size(), 0);
    for (size_t target = 0; target < ids.size(); ++target) {
      const btf_type* here = ids[target] ? kernels_[target]->type(ids[target]) : nullptr;
      if (shapeOf(here) != shape) continue;
      inner[target] = shape == Shape::Pointer ? here->type : btf_array(here)->type;
    }
    TypeId pointed = intern(std::move(inner));
    (*table_)[id].target = pointed;
    if (shape == Shape::Array) (*table_)[id].size = (*table_)[id].count * (*table_)[pointed.value].size;
  }
  return {id};
}

std::optional<TypeId> Merge::record(std::string_view name) {
  Ids ids;
  for (const auto& kernel : kernels_) ids.push_back(kernel->record(name));
  if (firstPresent(ids) == ids.size()) return std::nullopt;
  return intern(std::move(ids));
}

bool Merge::find(const KernelTypes& kernel, uint32_t record, std::string_view name, std::vector<Hop>& way, int depth) const {
  const btf_type* entry = kernel.type(record);
  if (!entry || !btf_is_composite(entry) || depth > kMaxAnonymousDepth) return false;
  for (uint32_t i = 0; i < btf_vlen(entry); ++i) {
    const btf_member& member = btf_members(entry)[i];
    way.push_back({record, i});
    if (member.name_off ? kernel.text(member.name_off) == name : find(kernel, kernel.stripped(member.type), name, way, depth + 1))
      return true;
    way.pop_back();
  }
  return false;
}

// The way as it is in one target; records on it are merged by name, or stand for that target alone where they have none.
FieldPath Merge::pathOf(size_t target, const std::vector<Hop>& way) {
  const KernelTypes& kernel = *kernels_[target];
  FieldPath path;
  bool overlaps = false;
  for (const Hop& hop : way) {
    const btf_type* record = kernel.type(hop.record);
    const btf_member& member = btf_members(record)[hop.index];
    overlaps = overlaps || (btf_is_union(record) && hop.index > 0) || (btf_is_union(record) && holdsPointer(kernel, record));
    Ids own(kernels_.size(), 0), type(kernels_.size(), 0);
    own[target] = hop.record;
    type[target] = member.type;
    path.steps.push_back({.record = intern(std::move(own)),
                          .member = std::string(kernel.text(member.name_off)),
                          .bit_offset = btf_member_bit_offset(record, hop.index),
                          .bit_size = btf_member_bitfield_size(record, hop.index),
                          .type = intern(std::move(type)),
                          .overlaps_pointer = overlaps});
  }
  return path;
}

std::optional<FieldPath> Merge::member(TypeId record, std::string_view name) {
  const Ids ids = ids_[record.value];
  std::optional<FieldPath> path;
  Ids types(ids.size(), 0);
  TargetMask has = 0;  // a named record's type meets by name on targets, too, that have no such member
  for (size_t target = 0; target < ids.size(); ++target) {
    std::vector<Hop> way;
    if (!ids[target] || !find(*kernels_[target], ids[target], name, way, 0)) continue;
    if (!path) path = pathOf(target, way);
    types[target] = btf_members(kernels_[target]->type(way.back().record))[way.back().index].type;
    has |= TargetMask{1} << target;
  }
  if (!path) return std::nullopt;
  path->type = intern(types);
  path->steps.back().type = path->type;
  path->steps.front().record = record;
  path->present = (*table_)[path->type.value].present & has;
  if (path->type.value == 0) path->present = 0;
  return path;
}

std::vector<std::string> Merge::memberNames(TypeId record) const {
  std::vector<std::string> names;
  const Ids& ids = ids_[record.value];
  size_t first = firstPresent(ids);
  if (first == ids.size()) return names;
  const KernelTypes& kernel = *kernels_[first];
  std::vector<uint32_t> open = {ids[first]};
  for (size_t i = 0; i < open.size() && i < 256; ++i) {
    const btf_type* entry = kernel.type(open[i]);
    if (!entry || !btf_is_composite(entry)) continue;
    for (int k = 0; k < btf_vlen(entry); ++k) {
      const btf_member& member = btf_members(entry)[k];
      if (member.name_off)
        names.emplace_back(kernel.text(member.name_off));
      else
        open.push_back(kernel.stripped(member.type));
    }
  }
  return names;
}

}  // namespace lsmpc::btf
