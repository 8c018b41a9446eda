/* Where a task is: its pid namespaces, its cgroup. */
#include "scratch.h"

#define LSMP_CGROUP_LEVELS 32
#define LSMP_CGROUP_END 512 /* the path fills its memory from here to the front, and never all of it */
#define LSMP_NAME_BYTES 256 /* of one level, with its NUL; they pass through the memory that events begin in */
_Static_assert(LSMP_NAME_BYTES <= LSMP_HEAD, "a name must fit before the strings");

LSMP_INLINE lsmp_u32 lsmp_pid_namespace(lsmp_u64 task, lsmp_u64 level, lsmp_u64 *namespace) {
  lsmp_u64 pid = lsmp_word(task, lsmp_offset(task_struct___pid, thread_pid));
  lsmp_u64 number = pid + lsmp_offset(pid, numbers) + level * bpf_core_type_size(struct upid);
  *namespace = lsmp_word(number, lsmp_offset(upid, ns));
  return pid && *namespace ? LSMP_PRESENT : LSMP_IS_UNRESOLVED;
}

/* Of the filesystem that process 1 has as its root; 0 where that cannot be read. */
LSMP_GLOBAL lsmp_u64 lsmp_root_of_first(void) {
  lsmp_u64 namespace = 0;
  lsmp_pid_namespace(bpf_get_current_task(), 0, &namespace);
  lsmp_u64 first = lsmp_word(namespace, lsmp_offset(pid_namespace, child_reaper));
  lsmp_u64 fs = lsmp_word(first, lsmp_offset(task_struct___fs, fs));
  lsmp_u64 mount = lsmp_word(fs, lsmp_offset(fs_struct, root.mnt));
  return lsmp_word(mount, lsmp_offset(vfsmount___sb, mnt_sb));
}

LSMP_INLINE lsmp_u32 lsmp_root_superblock(lsmp_u64 *superblock) {
  *superblock = lsmp_root_of_first();
  return *superblock ? LSMP_PRESENT : LSMP_IS_UNRESOLVED;
}

static __attribute__((always_inline)) inline lsmp_u64 parentOf(lsmp_u64 node) {
  lsmp_u64 offset;
  if (bpf_core_field_exists(struct kernfs_node___rcu, __parent)) {
    LSMP_OFFSET_HERE(offset, kernfs_node___rcu, __parent);
  } else {
    LSMP_OFFSET_HERE(offset, kernfs_node, parent);
  }
  return lsmp_word(node, offset);
}

/* `/` and the node's name before what is already there. Its new beginning, 0 where it does not fit. */
static __attribute__((always_inline)) inline lsmp_u64 prependName(struct lsmp_scratch_value *scratch, lsmp_u64 node, lsmp_u64 position) {
  lsmp_u64 name = lsmp_word(node, lsmp_offset(kernfs_node, name));
  long size = bpf_probe_read_kernel_str(scratch->head, LSMP_NAME_BYTES, (const void *)name);
  if (size < 2 || size >= LSMP_NAME_BYTES || position < (lsmp_u64)size) return 0;
  lsmp_u64 length = size - 1, at = position - length;
  __asm__ volatile("%0 &= 511" : "+r"(at));
  __asm__ volatile("%0 &= 255" : "+r"(length));
  bpf_probe_read_kernel(&scratch->bytes[LSMP_CGROUP_START + at], length, scratch->head);
  position -= size;
  at = position;
  __asm__ volatile("%0 &= 511" : "+r"(at));
  scratch->bytes[LSMP_CGROUP_START + at] = '/';
  return position;
}

/* Cgroups of the unified hierarchy are never renamed and never moved. */
LSMP_GLOBAL lsmp_u32 lsmp_cgroup_path(lsmp_u32 slot, lsmp_u64 cgroup) {
  struct lsmp_scratch_value *scratch = lsmp_scratch_of(slot);
  if (!scratch) return LSMP_IS_UNRESOLVED;
  struct lsmp_span *string = lsmp_string_of(scratch, slot);
  lsmp_u64 node = lsmp_word(cgroup, lsmp_offset(cgroup, kn)), position = LSMP_CGROUP_END;
  string->length = 0;
#pragma clang loop unroll(disable)
  for (int level = 0; level <= LSMP_CGROUP_LEVELS; level++) {
    lsmp_u64 parent = parentOf(node);
    if (!node) return LSMP_IS_UNRESOLVED;
    if (!parent) {
      if (position == LSMP_CGROUP_END) scratch->bytes[LSMP_CGROUP_START + --position] = '/';
      string->start = LSMP_CGROUP_START + position;
      string->length = LSMP_CGROUP_END - position;
      return LSMP_PRESENT;
    }
    position = prependName(scratch, node, position);
    if (!position) return LSMP_IS_UNRESOLVED;
    node = parent;
  }
  return LSMP_IS_UNRESOLVED;
}
