/* The memory of one running program: too large for the 512 bytes of a BPF stack, and not per CPU where the
 * kernel can help it, because a preempted program would find another task's bytes in its path. */
#ifndef LSMPC_STDLIB_BPF_SCRATCH_H
#define LSMPC_STDLIB_BPF_SCRATCH_H

#include "kernel.h"
#include "stdlib/bpf/fitting.h"
#include "stdlib/bpf/lsmp.h"

#define LSMP_HEAD 256          /* room for an event's header before the path */
#define LSMP_PATH_BYTES 4096   /* a path fills these from the end */
#define LSMP_TAIL 2048         /* first map: copy of the second path; second map: four texts */
#define LSMP_TEXT_BYTES 512
#define LSMP_CGROUP_START (LSMP_PATH_BYTES + LSMP_TAIL)
#define LSMP_CGROUP_BYTES 768  /* second map: a cgroup's path, up to 511 bytes, and what the verifier thinks a name may reach beyond */
#define LSMP_BYTES (LSMP_CGROUP_START + LSMP_CGROUP_BYTES)
#define LSMP_STRINGS 8

struct lsmp_span { lsmp_u32 start, length; }; /* in `bytes` */
struct lsmp_walk {
  lsmp_u64 dentry, mount, root, position;
  lsmp_u64 floor;                           /* bytes in front that no name goes into; 0 but for a walk that stops before others' */
  lsmp_u64 from_dentry, from_mount, before; /* of each try: where it begins, and the sequences then */
  lsmp_u32 blocks, tries;                   /* that are left */
};

/* Below the largest value that task storage takes (8192 - 512 - bookkeeping): hence a second map for the second path. */
struct lsmp_scratch_value {
  lsmp_u8 head[LSMP_HEAD];
  lsmp_u8 bytes[LSMP_BYTES];
  struct lsmp_span strings[LSMP_STRINGS]; /* by slot */
  volatile struct lsmp_walk walk;
};

/* Slot 0 lives in the first map, all others in the next. Where the kernel has no memory left it is a spare one, whose strings cannot be read
 * before they are set. NULL: there is none; it is counted. */
LSMP_INLINE void *lsmp_scratch_of(lsmp_u32 slot);
/* The same for who comes after another has asked for the slot: nothing is taken, nothing counted. */
LSMP_INLINE void *lsmp_scratch_again(lsmp_u32 slot);
/* For an event, which may be the first that asks: nothing is counted. */
LSMP_INLINE void *lsmp_scratch_for_event(lsmp_u32 slot);
/* NULL where somebody has a spare: for what another way can do as well, which has not to be verified for both kinds of memory. */
LSMP_INLINE void *lsmp_scratch_unless_spare(lsmp_u32 slot);
/* Whether some program is at work in a spare one: this one may be, and others too. */
static int lsmp_spare_is_taken(void);

/* By the compiler: what the policy's targets have of task storage. */
extern const lsmp_u32 lsmp_task_storage; /* enum lsmp_extent */
extern const lsmp_u32 lsmp_uses_spares; /* by the compiler: 0 where each program has memory of its own for sure */
extern const lsmp_u32 lsmp_uses_next; /* by the compiler: 0 in a policy with one path; then slot 0 is all there is */

LSMP_INLINE int lsmp_has_task_storage(void) {
  int has = lsmp_task_storage == LSMP_ON_ALL;
  if (lsmp_task_storage == LSMP_ON_SOME) has = bpf_core_enum_value_exists(enum bpf_func_id, BPF_FUNC_get_current_task_btf);
  return has;
}

/* The slot's string. */
static __attribute__((always_inline)) inline struct lsmp_span *lsmp_string_of(struct lsmp_scratch_value *scratch, lsmp_u64 slot) {
  if (!lsmp_uses_next) return &scratch->strings[0];
  __asm__ volatile("%0 &= 7" : "+r"(slot)); /* opaque: the verifier, not clang, needs the bound */
  return &scratch->strings[slot];
}

#endif
