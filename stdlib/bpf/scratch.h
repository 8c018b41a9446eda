/* The maps, and the memory of one running program: too large for the 512 bytes of a BPF stack, and not per CPU where the
 * kernel can help it, because a preempted program would find another task's bytes in its path. */
#ifndef LSMPC_STDLIB_BPF_SCRATCH_H
#define LSMPC_STDLIB_BPF_SCRATCH_H

#include "kernel.h"
#include "stdlib/bpf/lsmp.h"

#define LSMP_HEAD 256          /* room for an event's header before the path */
#define LSMP_PATH_BYTES 4096   /* a path fills these from the end */
#define LSMP_TAIL 2048         /* first map: copy of the second path; second map: four texts */
#define LSMP_TEXT_BYTES 512
#define LSMP_BYTES (LSMP_PATH_BYTES + LSMP_TAIL)
#define LSMP_STRINGS 8

struct lsmp_span { lsmp_u32 start, length; }; /* in `bytes` */
struct lsmp_walk { lsmp_u64 dentry, mount, root, position; };

/* Below the largest value that task storage takes (8192 - 512 - bookkeeping): hence a second map for the second path. */
struct lsmp_scratch_value {
  lsmp_u8 head[LSMP_HEAD];
  lsmp_u8 bytes[LSMP_BYTES];
  struct lsmp_span strings[LSMP_STRINGS]; /* by slot */
  volatile struct lsmp_walk walk;
};

/* What the maps' BTF says of the value: its size. */
struct lsmp_memory { lsmp_u8 bytes[sizeof(struct lsmp_scratch_value)]; };

extern struct lsmp_task_map {
  int (*type)[BPF_MAP_TYPE_TASK_STORAGE];
  int (*map_flags)[BPF_F_NO_PREALLOC];
  int *key;
  struct lsmp_memory *value;
} lsmp_scratch, lsmp_scratch_next;

extern struct lsmp_cpu_map {
  int (*type)[BPF_MAP_TYPE_PERCPU_ARRAY];
  int (*max_entries)[2];
  int *key;
  struct lsmp_memory *value;
} lsmp_scratch_cpu;

/* Slot 0 lives in map 0, all others in map 1. NULL: the kernel has no memory left. */
LSMP_LOCAL void *lsmp_scratch_of(lsmp_u32 slot);

/* The slot's string. */
static __attribute__((always_inline)) inline struct lsmp_span *lsmp_string_of(struct lsmp_scratch_value *scratch, lsmp_u64 slot) {
  if (!__builtin_constant_p(slot)) __asm__ volatile("%0 &= 7" : "+r"(slot)); /* opaque: the verifier, not clang, needs the bound */
  return &scratch->strings[slot];
}

#endif
