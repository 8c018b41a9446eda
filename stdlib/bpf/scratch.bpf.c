/* Definitions of the scratch maps. Under 5.10 the loader leaves the task maps out, elsewhere they are used. */
#include "scratch.h"

struct lsmp_task_map lsmp_scratch SEC(".maps");
struct lsmp_task_map lsmp_scratch_next SEC(".maps");
struct lsmp_cpu_map lsmp_scratch_cpu SEC(".maps");

LSMP_LOCAL void *lsmp_scratch_of(lsmp_u32 slot) {
  void *value;
  if (bpf_core_enum_value_exists(enum bpf_func_id, BPF_FUNC_task_storage_get) &&
      bpf_core_enum_value_exists(enum bpf_func_id, BPF_FUNC_get_current_task_btf)) {
    struct task_struct *task = bpf_get_current_task_btf();
    if (slot)
      value = bpf_task_storage_get(&lsmp_scratch_next, task, 0, BPF_LOCAL_STORAGE_GET_F_CREATE);
    else
      value = bpf_task_storage_get(&lsmp_scratch, task, 0, BPF_LOCAL_STORAGE_GET_F_CREATE);
  } else {
    lsmp_u32 key = slot != 0;
    value = bpf_map_lookup_elem(&lsmp_scratch_cpu, &key);
  }
  return value;
}
