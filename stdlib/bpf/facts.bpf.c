/* What a task's exec was told, kept with the task: one bit for each condition that the policy has on programs' paths. A task that
 * is not known denies: forks that cannot be kept are refused. */
#include "scratch.h"

extern const lsmp_u32 lsmp_tables[];
extern const lsmp_u32 lsmp_facts_table, lsmp_facts_rows, lsmp_facts_sets; /* by the compiler: automaton, two words for each of its accept sets */

#define LSMP_FACTS_HASHED 262144
#define LSMP_CLONE_THREAD 0x10000
#define LSMP_ENOMEM 12

enum lsmp_facts_state { LSMP_UNKNOWN, LSMP_KNOWN, LSMP_UNREADABLE }; /* of `exe` */

struct lsmp_facts {
  lsmp_u64 exe, ancestors;
  lsmp_u32 state;
  lsmp_u32 lost; /* an ancestor's program could not be read */
};

#define LSMP_FACTS_VALUE struct lsmp_facts *value
struct {
  int (*type)[BPF_MAP_TYPE_TASK_STORAGE];
  int (*map_flags)[BPF_F_NO_PREALLOC];
  int *key;
  LSMP_FACTS_VALUE;
} lsmp_facts SEC(".maps");

/* By the address of the task, which it keeps until task_free. */
struct {
  int (*type)[BPF_MAP_TYPE_HASH];
  int (*map_flags)[BPF_F_NO_PREALLOC];
  int (*max_entries)[LSMP_FACTS_HASHED];
  lsmp_u64 *key;
  LSMP_FACTS_VALUE;
} lsmp_facts_hashed SEC(".maps");

struct mm_struct { void *exe_file; } LSMP_RELOCATED;
struct task_struct___facts { struct mm_struct *mm; struct task_struct *real_parent; } LSMP_RELOCATED;
struct linux_binprm { void *file; } LSMP_RELOCATED;
struct user_namespace { int level; } LSMP_RELOCATED;
struct mnt_namespace___owner { void *user_ns; } LSMP_RELOCATED;

LSMP_LOCAL void *lsmp_facts_hashed_of(lsmp_u64 task, lsmp_u64 make) {
  void *value = bpf_map_lookup_elem(&lsmp_facts_hashed, &task);
  if (value || !make) return value;
  struct lsmp_facts none = {};
  bpf_map_update_elem(&lsmp_facts_hashed, &task, &none, BPF_NOEXIST);
  return bpf_map_lookup_elem(&lsmp_facts_hashed, &task);
}

static __attribute__((always_inline)) inline struct lsmp_facts *factsOf(struct task_struct *task, lsmp_u64 make) {
  if (lsmp_has_task_storage()) return bpf_task_storage_get(&lsmp_facts, task, 0, make ? BPF_LOCAL_STORAGE_GET_F_CREATE : 0);
  return lsmp_facts_hashed_of((lsmp_u64)task, make);
}

static __attribute__((always_inline)) inline struct lsmp_facts *ownFacts(lsmp_u64 make) {
  if (lsmp_has_task_storage())
    return bpf_task_storage_get(&lsmp_facts, bpf_get_current_task_btf(), 0, make ? BPF_LOCAL_STORAGE_GET_F_CREATE : 0);
  return lsmp_facts_hashed_of(bpf_get_current_task(), make);
}

/* 5.10 gives no pointer to the current task, only its address. */
static __attribute__((always_inline)) inline struct task_struct *lsmp_current(void) {
  return lsmp_has_task_storage() ? bpf_get_current_task_btf() : (struct task_struct *)bpf_get_current_task();
}

static __attribute__((always_inline)) inline struct lsmp_facts *parentFacts(struct task_struct *task) {
  if (!lsmp_has_task_storage())
    return lsmp_facts_hashed_of(lsmp_word((lsmp_u64)task, lsmp_offset(task_struct___facts, real_parent)), 0);
  struct task_struct *parent = ((struct task_struct___facts *)task)->real_parent;
  return parent ? bpf_task_storage_get(&lsmp_facts, parent, 0, 0) : 0;
}

/* A file of a mount namespace that the host does not own: its paths are what the owner makes of them. */
static __attribute__((always_inline)) inline int isForeign(lsmp_u64 file) {
  lsmp_u64 mount = lsmp_word(file, lsmp_offset(file, f_path.mnt)) - lsmp_offset(mount, mnt);
  lsmp_u64 namespace = lsmp_word(mount, lsmp_offset(mount, mnt_ns));
  if (!namespace || namespace >= LSMP_ERRORS) return 0; /* the kernel's own mount; a detached one has no path */
  lsmp_u64 owner = lsmp_word(namespace, lsmp_offset(mnt_namespace___owner, user_ns));
  return !owner || (lsmp_u32)lsmp_word(owner, lsmp_offset(user_namespace, level)) != 0;
}

/* The bits of a file's path, NULL for no file. */
LSMP_LOCAL void lsmp_facts_learn(struct lsmp_facts *facts, lsmp_u64 file) {
  facts->state = LSMP_UNREADABLE;
  if (lsmp_probed_file_path(0, file) != LSMP_PRESENT) return;
  lsmp_u64 set = lsmp_match(0, lsmp_facts_table);
  __asm__ volatile("" : "+r"(set));
  if (set >= lsmp_facts_sets) return;
  const lsmp_u32 *row = lsmp_tables + lsmp_facts_rows + set * 2;
  lsmp_u64 bits = row[0] | (lsmp_u64)row[1] << 32;
  facts->exe = file && isForeign(file) ? 0 : bits;
  facts->state = LSMP_KNOWN;
}

/* A task that is older than the policy: what it runs now. */
LSMP_LOCAL void lsmp_facts_read(struct lsmp_facts *facts, lsmp_u64 task) {
  lsmp_u64 mm = lsmp_word(task, lsmp_offset(task_struct___facts, mm));
  lsmp_facts_learn(facts, mm ? lsmp_word(mm, lsmp_offset(mm_struct, exe_file)) : 0);
}

/* Refused, where it cannot be known what the new task is. */
static __attribute__((always_inline)) inline int refuse(void) {
  int result = -LSMP_ENOMEM;
  lsmp_count(LSMP_NO_SCRATCH);
  if (lsmp_audit_mode()) return 0;
  __asm__ volatile("" : "+r"(result)); /* opaque: LLVM makes no arithmetic of the two results */
  return result;
}

SEC("lsm/task_alloc") int lsmp_track_fork(lsmp_u64 *ctx) {
  struct task_struct *child = (struct task_struct *)ctx[0];
  lsmp_u64 flags = ctx[1];
  struct lsmp_facts *own = ownFacts(1);
  if (!own) return refuse();
  if (own->state == LSMP_UNKNOWN) lsmp_facts_read(own, bpf_get_current_task());
  struct lsmp_facts *facts = factsOf(child, 1);
  if (!facts) return refuse();
  facts->exe = own->exe;
  facts->ancestors = own->ancestors | (flags & LSMP_CLONE_THREAD ? 0 : own->exe);
  facts->lost = own->lost | (own->state == LSMP_UNREADABLE);
  facts->state = own->state;
  return 0;
}

SEC("lsm/bprm_committed_creds") int lsmp_track_exec(lsmp_u64 *ctx) {
  struct linux_binprm *bprm = (struct linux_binprm *)ctx[0];
  struct lsmp_facts *own = ownFacts(1);
  if (!own) {
    lsmp_count(LSMP_NO_SCRATCH); /* then it stays unknown, and unresolved */
    return 0;
  }
  own->ancestors |= own->exe;
  if (own->state == LSMP_UNREADABLE) own->lost = 1;
  own->exe = 0;
  lsmp_facts_learn(own, lsmp_word((lsmp_u64)bprm, lsmp_offset(linux_binprm, file)));
  return 0;
}

SEC("lsm/task_free") int lsmp_track_end(lsmp_u64 *ctx) {
  lsmp_u64 task = ctx[0];
  bpf_map_delete_elem(&lsmp_facts_hashed, &task);
  return 0;
}

struct bpf_iter__task { void *meta; struct task_struct *task; };

/* Run by the loader until nothing changes: parents come before their children, but for numbers that have wrapped. */
SEC("iter/task") int lsmp_track_old(lsmp_u64 *ctx) {
  struct task_struct *task = ((struct bpf_iter__task *)ctx)->task;
  if (!task) return 0;
  struct lsmp_facts *facts = factsOf(task, 1);
  if (!facts) {
    lsmp_count(LSMP_NO_SCRATCH);
    return 0;
  }
  if (facts->state == LSMP_UNKNOWN) lsmp_facts_read(facts, (lsmp_u64)task);
  struct lsmp_facts *parent = parentFacts(task);
  if (!parent) return 0;
  facts->ancestors |= parent->ancestors | parent->exe;
  facts->lost |= parent->lost | (parent->state == LSMP_UNREADABLE);
  return 0;
}

static __attribute__((always_inline)) inline lsmp_u32 exeOf(const struct lsmp_facts *facts, lsmp_u64 *bits) {
  *bits = 0;
  if (!facts || facts->state != LSMP_KNOWN) return LSMP_IS_UNRESOLVED;
  *bits = facts->exe;
  return LSMP_PRESENT;
}

LSMP_FITTED lsmp_u32 lsmp_exe(lsmp_u64 *bits) { return exeOf(ownFacts(0), bits); }

LSMP_FITTED lsmp_u32 lsmp_task_exe(struct task_struct *task, lsmp_u64 *bits) { return exeOf(factsOf(task, 0), bits); }

LSMP_FITTED lsmp_u32 lsmp_parent_exe(lsmp_u64 *bits) { return exeOf(parentFacts(lsmp_current()), bits); }

LSMP_FITTED lsmp_u32 lsmp_ancestors(lsmp_u64 *bits) {
  struct lsmp_facts *own = ownFacts(0);
  *bits = 0;
  if (!own || own->state == LSMP_UNKNOWN || own->lost) return LSMP_IS_UNRESOLVED;
  *bits = own->ancestors;
  return LSMP_PRESENT;
}
