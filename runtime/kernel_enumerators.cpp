#include "runtime/kernel_enumerators.h"

#include <bpf/btf.h>

namespace lsmpc::runtime {

bool hasEnumerator(const btf& types, const char* enumeration, std::string_view enumerator) {
  int id = btf__find_by_name_kind(&types, enumeration, BTF_KIND_ENUM);
  const btf_type* type = id > 0 ? btf__type_by_id(&types, static_cast<uint32_t>(id)) : nullptr;
  if (!type) return false;
  const struct btf_enum* values = btf_enum(type);
  for (int i = 0; i < btf_vlen(type); ++i)
    if (btf__name_by_offset(&types, values[i].name_off) == enumerator) return true;
  return false;
}

bool hasTaskStorage(const btf& types) { return hasEnumerator(types, "bpf_map_type", "BPF_MAP_TYPE_TASK_STORAGE"); }

}  // namespace lsmpc::runtime
