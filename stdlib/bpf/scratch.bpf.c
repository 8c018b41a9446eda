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

#define LSMP_SPARES 16
#define LSMP_SPARE_BYTES sizeof(struct lsmp_scratch_value)
#define LSMP_NO_SPARE ~0ULL

#define LSMP_SECOND 1  /* of an owner: for the memory that stands for the second map */
#define LSMP_HIDDEN 2  /* times the interrupts that have come in the midst of its program */
#define LSMP_NO_TASK 63 /* no task begins at an address that has these bits */

/* For programs that the kernel gives no memory, in an array that all processors share. `owner`: the address of the task whose program is at work
 * there. `takers`: who wants it and has not been refused yet. */
struct lsmp_claim { lsmp_u64 owner, takers; };
static struct {
  volatile lsmp_u64 taken; /* not less than there are owners */
  volatile struct lsmp_claim claims[LSMP_SPARES];
  struct lsmp_scratch_value memory[LSMP_SPARES];
} lsmp_spares;

static __attribute__((always_inline)) inline int lsmp_spare_is_taken(void) {
  return lsmp_uses_spares && lsmp_spares.taken != 0;
}

/* All zeros, as a read leaves it that fails, but for the strings: of no length that a string can have. */
static __attribute__((always_inline)) inline void clear(struct lsmp_scratch_value *memory) {
  bpf_probe_read_kernel(memory, sizeof(*memory), 0);
#pragma clang loop unroll(disable)
  for (int i = 0; i < LSMP_STRINGS; i++) *(volatile lsmp_u64 *)&memory->strings[i] = ~0ULL;
}

/* 5.10 verifies this too and has no exchange. Who adds himself and finds nobody else owns it; of two at once maybe none, and they go on to the next. */
static __attribute__((always_inline)) inline int own(volatile struct lsmp_claim *claim) {
  if (claim->takers) return 0;
  __sync_fetch_and_add(&claim->takers, 1);
  if (claim->takers == 1) return 1;
  __sync_fetch_and_add(&claim->takers, -1);
  return 0;
}

static __attribute__((always_inline)) inline lsmp_u64 takeSpare(lsmp_u64 owner) {
  __sync_fetch_and_add(&lsmp_spares.taken, 1);
#pragma clang loop unroll(disable)
  for (lsmp_u64 i = 0; i < LSMP_SPARES; i++) {
    if (!own(&lsmp_spares.claims[i])) continue;
    clear(&lsmp_spares.memory[i]);
    lsmp_spares.claims[i].owner = owner;
    return i * LSMP_SPARE_BYTES;
  }
  __sync_fetch_and_add(&lsmp_spares.taken, -1);
  return LSMP_NO_SPARE;
}

/* Where among the bytes the acting task's spare begins, LSMP_NO_SPARE where it has none. Only its own programs write its address, and one is at its end before the
 * next begins, so nobody else's memory can be found. */
LSMP_GLOBAL lsmp_u64 lsmp_spare(lsmp_u32 second, lsmp_u32 take) {
  lsmp_u64 owner = bpf_get_current_task() | (second ? LSMP_SECOND : 0);
#pragma clang loop unroll(disable)
  for (lsmp_u64 i = 0; i < LSMP_SPARES; i++)
    if (lsmp_spares.claims[i].owner == owner) return i * LSMP_SPARE_BYTES;
  return take ? takeSpare(owner) : LSMP_NO_SPARE;
}

/* What the program has taken; what it had hidden is found again. */
LSMP_GLOBAL lsmp_u32 lsmp_give_back(void) {
  lsmp_u64 task = bpf_get_current_task();
#pragma clang loop unroll(disable)
  for (lsmp_u64 i = 0; i < LSMP_SPARES; i++) {
    lsmp_u64 owner = lsmp_spares.claims[i].owner;
    if ((owner & ~(lsmp_u64)LSMP_NO_TASK) != task) continue;
    if (owner & LSMP_NO_TASK & ~LSMP_SECOND) {
      lsmp_spares.claims[i].owner = owner - LSMP_HIDDEN;
      continue;
    }
    lsmp_spares.claims[i].owner = 0;
    __sync_fetch_and_add(&lsmp_spares.claims[i].takers, -1);
    __sync_fetch_and_add(&lsmp_spares.taken, -1);
    lsmp_count(LSMP_SPARE_SCRATCH); /* here, where few frames are below the program's */
  }
  return 0;
}

/* Of a program that may run in an interrupt: the acting task is a stranger, and may be in the midst of a program. 0: there is no memory. */
LSMP_GLOBAL lsmp_u32 lsmp_step_aside(lsmp_u32 second) {
  lsmp_u64 task = bpf_get_current_task();
#pragma clang loop unroll(disable)
  for (lsmp_u64 i = 0; i < LSMP_SPARES; i++) {
    lsmp_u64 owner = lsmp_spares.claims[i].owner;
    if ((owner & ~(lsmp_u64)LSMP_NO_TASK) == task) lsmp_spares.claims[i].owner = owner + LSMP_HIDDEN;
  }
  if (lsmp_spare(0, 1) != LSMP_NO_SPARE && (!second || lsmp_spare(1, 1) != LSMP_NO_SPARE)) return 1;
  lsmp_give_back();
  lsmp_count(LSMP_NO_SCRATCH);
  return 0;
}

LSMP_INLINE void lsmp_finish(void) {
  if (lsmp_spare_is_taken()) lsmp_give_back();
}

static __attribute__((always_inline)) inline void *usual(lsmp_u32 slot) {
  if (lsmp_has_task_storage()) {
    struct task_struct *task = bpf_get_current_task_btf();
    if (slot) return bpf_task_storage_get(&lsmp_scratch_next, task, 0, BPF_LOCAL_STORAGE_GET_F_CREATE);
    return bpf_task_storage_get(&lsmp_scratch, task, 0, BPF_LOCAL_STORAGE_GET_F_CREATE);
  }
  lsmp_u32 key = slot != 0;
  return bpf_map_lookup_elem(&lsmp_scratch_cpu, &key);
}

/* Once a program has a spare it stays with it, whatever the kernel gives it later: its strings are there. */
static __attribute__((always_inline)) inline void *memoryOf(lsmp_u32 slot, int take) {
  if (!lsmp_uses_next) slot = 0;
  void *value = usual(slot);
  if (!lsmp_uses_spares || (value && !lsmp_spare_is_taken())) return value;
  lsmp_u64 at = lsmp_spare(slot != 0, take && !value);
  if (at > (LSMP_SPARES - 1) * LSMP_SPARE_BYTES) return value;
  __asm__ volatile("" : "+r"(at)); /* LLVM would add it first, which the verifier does not let pass */
  return (lsmp_u8 *)lsmp_spares.memory + at;
}

LSMP_INLINE void *lsmp_scratch_again(lsmp_u32 slot) { return memoryOf(slot, 0); }

LSMP_INLINE void *lsmp_scratch_for_event(lsmp_u32 slot) { return memoryOf(slot, 1); }

LSMP_INLINE void *lsmp_scratch_of(lsmp_u32 slot) {
  void *value = memoryOf(slot, 1);
  if (!value) lsmp_count(LSMP_NO_SCRATCH);
  return value;
}

LSMP_INLINE void *lsmp_scratch_unless_spare(lsmp_u32 slot) {
  void *value = usual(lsmp_uses_next ? slot : 0);
  return lsmp_spare_is_taken() ? 0 : value;
}
