#include "runtime/object_types.h"

#include <bpf/btf.h>

#include <memory>
#include <vector>

namespace lsmpc::runtime {
namespace {

constexpr const char *kNoName = "has a name outside the section's strings", *kNoType = "is made of one that is not there",
                     *kOtherKind = "is made of one that it cannot be made of", *kItself = "is another name for itself";

// What one type says of others.
struct Parts {
  std::vector<uint32_t> names, types;
};

template <class Entry>
void addNames(Parts& parts, const Entry* entries, int count) {
  for (int i = 0; i < count; ++i) parts.names.push_back(entries[i].name_off);
}

template <class Entry>
void addTypes(Parts& parts, const Entry* entries, int count) {
  for (int i = 0; i < count; ++i) parts.types.push_back(entries[i].type);
}

Parts partsOf(const btf_type* type) {
  Parts parts{{type->name_off}, {}};
  int count = btf_vlen(type);
  if (btf_is_composite(type)) {
    addNames(parts, btf_members(type), count);
    addTypes(parts, btf_members(type), count);
  } else if (btf_is_func_proto(type)) {
    addNames(parts, btf_params(type), count);
    addTypes(parts, btf_params(type), count);
    parts.types.push_back(type->type);
  } else if (btf_is_datasec(type)) {
    addTypes(parts, btf_var_secinfos(type), count);
  } else if (btf_is_array(type)) {
    parts.types = {btf_array(type)->type, btf_array(type)->index_type};
  } else if (btf_is_any_enum(type)) {
    btf_is_enum(type) ? addNames(parts, btf_enum(type), count) : addNames(parts, btf_enum64(type), count);
  } else if (btf_is_mod(type) || btf_is_ptr(type) || btf_is_typedef(type) || btf_is_func(type) || btf_is_var(type) ||
             btf_is_decl_tag(type)) {
    parts.types = {type->type};
  }
  return parts;
}

bool fits(const btf_type* whole, const btf_type* part) {
  if (btf_is_func(whole)) return btf_is_func_proto(part);
  if (btf_is_datasec(whole)) return btf_is_var(part);
  return true;
}

// Names of names end at something else within as many steps as there are types.
bool namesItself(const btf* types, const btf_type* type) {
  uint32_t steps = 0;
  for (; btf_is_mod(type) || btf_is_typedef(type); type = btf__type_by_id(types, type->type))
    if (++steps == btf__type_cnt(types)) return true;
  return false;
}

const char* faultOf(const btf* types, const btf_type* type) {
  Parts parts = partsOf(type);
  for (uint32_t name : parts.names)
    if (!btf__name_by_offset(types, name)) return kNoName;
  for (uint32_t id : parts.types) {
    if (id >= btf__type_cnt(types)) return kNoType;
    if (!fits(type, btf__type_by_id(types, id))) return kOtherKind;
  }
  return nullptr;
}

}  // namespace

std::string faultOfTypes(const std::string& bytes) {
  std::unique_ptr<btf, decltype(&btf__free)> types(btf__new(bytes.data(), static_cast<uint32_t>(bytes.size())), btf__free);
  if (!types) return {};
  auto fault = [](uint32_t id, const char* what) { return "type " + std::to_string(id) + " of its `.BTF` " + what; };
  for (uint32_t id = 1; id < btf__type_cnt(types.get()); ++id)
    if (const char* what = faultOf(types.get(), btf__type_by_id(types.get(), id))) return fault(id, what);
  for (uint32_t id = 1; id < btf__type_cnt(types.get()); ++id)
    if (namesItself(types.get(), btf__type_by_id(types.get(), id))) return fault(id, kItself);
  return {};
}

}  // namespace lsmpc::runtime
