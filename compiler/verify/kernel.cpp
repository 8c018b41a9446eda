#include "compiler/verify/kernel.h"

#include <linux/bpf.h>

#include "runtime/kernel_enumerators.h"

namespace lsmpc::verify {
namespace {

#define LSMPC_NAME(name, ...) #name
constexpr const char* kHelpers[] = {__BPF_FUNC_MAPPER(LSMPC_NAME)};
#undef LSMPC_NAME

// Those that are the kernel's, not ends and counts (`__BPF_FUNC_MAX_ID`).
std::set<int32_t> valuesOf(const ::btf& types, const char* enumeration, const std::string& prefix) {
  std::set<int32_t> values;
  int id = btf__find_by_name_kind(&types, enumeration, BTF_KIND_ENUM);
  const btf_type* type = id > 0 ? btf__type_by_id(&types, static_cast<uint32_t>(id)) : nullptr;
  for (int i = 0; type && i < btf_vlen(type); ++i)
    if (std::string(btf__name_by_offset(&types, btf_enum(type)[i].name_off)).starts_with(prefix)) values.insert(btf_enum(type)[i].val);
  return values;
}

}  // namespace

Kernel::Kernel(std::string name, const ::btf& types)
    : name_(std::move(name)),
      names_(types),
      helpers_(valuesOf(types, "bpf_func_id", "BPF_FUNC_")),
      map_types_(valuesOf(types, "bpf_map_type", "BPF_MAP_TYPE_")),
      has_task_storage_(runtime::hasTaskStorage(types)),
      passes_over_uncalled_(runtime::hasEnumerator(types, "bpf_cmd", "BPF_TOKEN_CREATE")) {}

std::string helperName(int32_t number) {
  if (number > 0 && static_cast<size_t>(number) < std::size(kHelpers)) return std::string("bpf_") + kHelpers[number];
  return "number " + std::to_string(number);
}

}  // namespace lsmpc::verify
