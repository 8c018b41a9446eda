#include "runtime/object_types.h"

#include <bpf/btf.h>

#include <memory>

namespace lsmpc::runtime {

bool typesHaveNames(const std::string& bytes) {
  std::unique_ptr<btf, decltype(&btf__free)> types(btf__new(bytes.data(), static_cast<uint32_t>(bytes.size())), btf__free);
  if (!types) return true;
  for (uint32_t id = 1; id < btf__type_cnt(types.get()); ++id)
    if (!btf__name_by_offset(types.get(), btf__type_by_id(types.get(), id)->name_off)) return false;
  return true;
}

}  // namespace lsmpc::runtime
