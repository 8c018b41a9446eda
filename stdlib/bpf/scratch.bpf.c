/* The scratch maps. A policy has those that its targets need; of both kinds the loader leaves out what the kernel lacks. */
#include "scratch.h"

#define LSMP_MEMORY unsigned char (*value)[sizeof(struct lsmp_scratch_value)]

struct {
  int (*type)[BPF_MAP_TYPE_TASK_STORAGE];
  int (*map_flags)[BPF_F_NO_PREALLOC];
  int *key;
  LSMP_MEMORY;
} lsmp_scratch SEC(".maps"), lsmp_scratch_next SEC(".maps");

struct {
  int (*type)[BPF_MAP_TYPE_PERCPU_ARRAY];
  int (*max_entries)[2];
  int *key;
  LSMP_MEMORY;
} lsmp_scratch_cpu SEC(".maps");

LSMP_INLINE void *lsmp_scratch_again(lsmp_u32 slot) {
  if (!lsmp_uses_next) slot = 0;
  if (lsmp_has_task_storage()) {
    struct task_struct *task = bpf_get_current_task_btf();
    if (slot) return bpf_task_storage_get(&lsmp_scratch_next, task, 0, BPF_LOCAL_STORAGE_GET_F_CREATE);
    return bpf_task_storage_get(&lsmp_scratch, task, 0, BPF_LOCAL_STORAGE_GET_F_CREATE);
  }
  lsmp_u32 key = slot != 0;
  return bpf_map_lookup_elem(&lsmp_scratch_cpu, &key);
}

LSMP_INLINE void *lsmp_scratch_of(lsmp_u32 slot) {
  void *value = lsmp_scratch_again(slot);
  if (!value) lsmp_count(LSMP_NO_SCRATCH);
  return value;
}
