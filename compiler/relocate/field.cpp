#include "compiler/relocate/field.h"

#include <linux/bpf.h>

namespace lsmpc::relocate {
namespace {

struct Extent {
  uint64_t byte = 0;
  uint32_t bytes = 0, bits = 0;  // bits: of a bit field
  uint32_t type = 0;
};

// The load that holds a bit field is the shortest aligned one.
bool widen(Extent& extent, uint64_t bit) {
  extent.byte = bit / 8 / extent.bytes * extent.bytes;
  while (bit + extent.bits - extent.byte * 8 > extent.bytes * 8) {
    if (extent.bytes >= 8) return false;
    extent.bytes *= 2;
    extent.byte = bit / 8 / extent.bytes * extent.bytes;
  }
  return true;
}

std::optional<Extent> extentOf(const ::btf& types, const Access& access) {
  const Step& last = access.steps.back();
  Extent extent{.byte = access.bit_offset / 8, .type = last.type};
  const btf_type* record = typeOf(types, last.type);
  if (last.is_member) extent.type = btf_members(record)[last.index].type;
  if (last.is_member) extent.bits = btf_member_bitfield_size(record, last.index);
  int64_t size = extent.bits ? typeOf(types, withoutNames(types, extent.type))->size : btf__resolve_size(&types, extent.type);
  if (size < 0 || size > UINT32_MAX) return std::nullopt;
  extent.bytes = static_cast<uint32_t>(size);
  if (extent.bits && (extent.bytes > 8 || !widen(extent, access.bit_offset))) return std::nullopt;
  return extent;
}

bool isSigned(const ::btf& types, uint32_t type) {
  const btf_type* plain = typeOf(types, withoutNames(types, type));
  return btf_is_any_enum(plain) ? btf_kflag(plain) : btf_is_int(plain) && btf_int_encoding(plain) & BTF_INT_SIGNED;
}

}  // namespace

std::optional<Field> fieldOf(const ::btf& types, const Access& access, uint32_t kind) {
  auto extent = extentOf(types, access);
  if (!extent) return std::nullopt;
  uint32_t bits = extent->bits ? extent->bits : extent->bytes * 8;
  switch (kind) {
    case BPF_CORE_FIELD_BYTE_OFFSET: return extent->bits ? Field{extent->byte} : Field{extent->byte, extent->bytes, extent->type};
    case BPF_CORE_FIELD_BYTE_SIZE: return Field{extent->bytes};
    case BPF_CORE_FIELD_SIGNED: return Field{isSigned(types, extent->type)};
    case BPF_CORE_FIELD_LSHIFT_U64: return Field{64 - (access.bit_offset + bits - extent->byte * 8)};
    case BPF_CORE_FIELD_RSHIFT_U64: return Field{64 - bits};
    default: return std::nullopt;
  }
}

}  // namespace lsmpc::relocate
