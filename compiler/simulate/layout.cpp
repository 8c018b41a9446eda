#include "compiler/simulate/layout.h"

#include <charconv>

#include "compiler/relocate/access.h"

namespace lsmpc::simulate {
namespace {

constexpr int kMaxDepth = 32;  // of anonymous records

}  // namespace

std::optional<uint32_t> Layout::record(std::string_view name) const {
  for (uint32_t kind : {BTF_KIND_STRUCT, BTF_KIND_UNION}) {
    for (uint32_t id : kernel_.candidates(name, kind))
      if (relocate::nameOf(kernel_.types(), relocate::typeOf(kernel_.types(), id)->name_off) == name) return id;
  }
  return std::nullopt;
}

uint32_t Layout::sizeOf(uint32_t type) const {
  int64_t size = btf__resolve_size(&kernel_.types(), type);
  return size > 0 ? static_cast<uint32_t>(size) : 0;
}

uint32_t Layout::recordOf(uint32_t type) const {
  type = relocate::withoutNames(kernel_.types(), type);
  if (isPointer(type)) type = relocate::withoutNames(kernel_.types(), relocate::typeOf(kernel_.types(), type)->type);
  return btf_is_composite(relocate::typeOf(kernel_.types(), type)) ? type : 0;
}

std::string Layout::nameOf(uint32_t type) const {
  return relocate::nameOf(kernel_.types(), relocate::typeOf(kernel_.types(), type)->name_off);
}

bool Layout::isPointer(uint32_t type) const {
  return btf_is_ptr(relocate::typeOf(kernel_.types(), relocate::withoutNames(kernel_.types(), type)));
}

bool Layout::find(uint32_t record, std::string_view name, Member& member, int depth) const {
  const ::btf& types = kernel_.types();
  const btf_type* at = relocate::typeOf(types, relocate::withoutNames(types, record));
  if (!btf_is_composite(at) || depth > kMaxDepth) return false;
  for (uint32_t i = 0; i < btf_vlen(at); ++i) {
    const btf_member& one = btf_members(at)[i];
    std::string own = relocate::nameOf(types, one.name_off);
    uint64_t offset = btf_member_bit_offset(at, i);
    if (own.empty() && find(one.type, name, member, depth + 1)) return member.bit_offset += offset, true;
    if (own != name) continue;
    member = {offset, btf_member_bitfield_size(at, i), sizeOf(one.type), one.type};
    return true;
  }
  return false;
}

bool Layout::intoArray(std::string_view& path, Member& member) const {
  const ::btf& types = kernel_.types();
  uint64_t index = 0;
  auto [end, error] = std::from_chars(path.data() + 1, path.data() + path.size(), index);
  const btf_type* array = relocate::typeOf(types, relocate::withoutNames(types, member.type));
  if (error != std::errc() || end == path.data() + path.size() || *end != ']' || !btf_is_array(array)) return false;
  path.remove_prefix(static_cast<size_t>(end - path.data()) + 1);
  member.type = btf_array(array)->type;
  member.size = sizeOf(member.type);
  member.bit_offset += index * member.size * 8;
  return true;
}

std::optional<Member> Layout::member(uint32_t record, std::string_view path) const {
  Member whole{.type = record};
  while (!path.empty()) {
    if (path.front() == '[') {
      if (!intoArray(path, whole)) return std::nullopt;
      continue;
    }
    if (path.front() == '.') path.remove_prefix(1);
    std::string_view name = path.substr(0, path.find_first_of(".["));
    Member next;
    if (!find(whole.type, name, next, 0)) return std::nullopt;
    next.bit_offset += whole.bit_offset;
    whole = next;
    path.remove_prefix(name.size());
  }
  return whole;
}

}  // namespace lsmpc::simulate
