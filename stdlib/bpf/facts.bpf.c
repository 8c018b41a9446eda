/* What a task's exec was told, kept with the task: one bit for each condition that the policy has on programs' paths. What is not
 * known denies, and forks that cannot be kept are refused. */
#include "scratch.h"

extern const lsmp_u32 lsmp_tables[];
extern const lsmp_u32 lsmp_asks_scripts, lsmp_asks_ancestors, lsmp_trusts_foreign; /* by the compiler, too */
extern const lsmp_u32 lsmp_facts_table, lsmp_facts_rows, lsmp_facts_sets; /* by the compiler: automaton, two words for each of its accept sets */

#define LSMP_FACTS_HASHED 262144
#define LSMP_CLONE_THREAD 0x10000
#define LSMP_ENOMEM 12

enum lsmp_known_state { LSMP_UNKNOWN, LSMP_KNOWN, LSMP_UNREADABLE };

struct lsmp_known { lsmp_u64 bits, state; };

struct lsmp_facts {
  struct lsmp_known exe, script;
  lsmp_u64 ancestors;
  lsmp_u32 lost; /* an ancestor's program could not be read */
  lsmp_u32 old;  /* a process that is older than the policy, no kernel thread */
  lsmp_u32 own, unused; /* `exe` is of an exec of our time, or was inherited from a task with such */
  struct lsmp_known asked; /* by the latest exec */
  lsmp_u64 file, step;     /* how far that has come in the chain of its interpreters */
};

#define LSMP_FACTS_BY_TASK \
  struct { \
    int (*type)[BPF_MAP_TYPE_TASK_STORAGE]; \
    int (*map_flags)[BPF_F_NO_PREALLOC]; \
    int *key; \
    struct lsmp_facts *value; \
  }

/* By the address of the task, which it keeps until task_free. */
#define LSMP_FACTS_BY_ADDRESS \
  struct { \
    int (*type)[BPF_MAP_TYPE_HASH]; \
    int (*map_flags)[BPF_F_NO_PREALLOC]; \
    int (*max_entries)[LSMP_FACTS_HASHED]; \
    lsmp_u64 *key; \
    struct lsmp_facts *value; \
  }

LSMP_FACTS_BY_TASK lsmp_facts SEC(".maps");
LSMP_FACTS_BY_ADDRESS lsmp_facts_hashed SEC(".maps");

/* Of the policy that this one replaces. */
const volatile struct lsmp_followed lsmp_followed = {};

LSMP_FACTS_BY_TASK lsmp_facts_before SEC(".maps");
LSMP_FACTS_BY_ADDRESS lsmp_facts_before_hashed SEC(".maps");

struct task_struct___facts { struct mm_struct *mm; int pid, tgid; struct task_struct *real_parent; void *nsproxy, *cred; } LSMP_RELOCATED;
struct nsproxy { void *mnt_ns; } LSMP_RELOCATED;
struct cred___owner { void *user_ns; } LSMP_RELOCATED;
struct linux_binprm { void *file, *filename, *interp; } LSMP_RELOCATED;
struct user_namespace { int level; } LSMP_RELOCATED;
struct mnt_namespace___owner { void *user_ns; } LSMP_RELOCATED;

static __attribute__((always_inline)) inline void *hashedOf(lsmp_u64 task, lsmp_u64 make) {
  void *value = bpf_map_lookup_elem(&lsmp_facts_hashed, &task);
  if (value || !make) return value;
  struct lsmp_facts none = {};
  bpf_map_update_elem(&lsmp_facts_hashed, &task, &none, BPF_NOEXIST);
  return bpf_map_lookup_elem(&lsmp_facts_hashed, &task);
}

static __attribute__((always_inline)) inline struct lsmp_facts *factsOf(struct task_struct *task, lsmp_u64 make) {
  if (lsmp_has_task_storage()) return bpf_task_storage_get(&lsmp_facts, task, 0, make ? BPF_LOCAL_STORAGE_GET_F_CREATE : 0);
  return hashedOf((lsmp_u64)task, make);
}

static __attribute__((always_inline)) inline struct lsmp_facts *ownFacts(lsmp_u64 make) {
  if (lsmp_has_task_storage())
    return bpf_task_storage_get(&lsmp_facts, bpf_get_current_task_btf(), 0, make ? BPF_LOCAL_STORAGE_GET_F_CREATE : 0);
  return hashedOf(bpf_get_current_task(), make);
}

/* 5.10 gives no pointer to the current task, only its address. */
static __attribute__((always_inline)) inline struct task_struct *lsmp_current(void) {
  return lsmp_has_task_storage() ? bpf_get_current_task_btf() : (struct task_struct *)bpf_get_current_task();
}

static __attribute__((always_inline)) inline struct lsmp_facts *parentFacts(struct task_struct *task) {
  if (!lsmp_has_task_storage())
    return hashedOf(lsmp_word(lsmp_number((lsmp_u64)task), lsmp_offset(task_struct___facts, real_parent)), 0);
  struct task_struct *parent = ((struct task_struct___facts *)task)->real_parent;
  return parent ? bpf_task_storage_get(&lsmp_facts, parent, 0, 0) : 0;
}

/* Neither the initial user namespace nor to be read. */
static __attribute__((always_inline)) inline int isDeep(lsmp_u64 user_namespace) {
  return !user_namespace || (lsmp_u32)lsmp_word(user_namespace, lsmp_offset(user_namespace, level)) != 0;
}

static __attribute__((always_inline)) inline int isForeign(lsmp_u64 mount_namespace) {
  return isDeep(lsmp_word(mount_namespace, lsmp_offset(mnt_namespace___owner, user_ns)));
}

/* Of a mount namespace that the host does not own: its paths are what the owner makes of them. */
static __attribute__((always_inline)) inline int isForeignFile(lsmp_u64 file) {
  lsmp_u64 mount = lsmp_word(file, lsmp_offset(file, f_path.mnt)) - lsmp_offset(mount, mnt);
  lsmp_u64 namespace = lsmp_word(mount, lsmp_offset(mount, mnt_ns));
  if (!namespace || namespace >= LSMP_ERRORS) return 0; /* the kernel's own mount; a detached one has no path */
  return isForeign(namespace);
}

/* There the host's own file, held open or inherited, runs with the owner's interpreters and libraries. */
static __attribute__((always_inline)) inline int isForeignTask(lsmp_u64 task) {
  lsmp_u64 namespaces = lsmp_word(task, lsmp_offset(task_struct___facts, nsproxy));
  return isForeign(lsmp_word(namespaces, lsmp_offset(nsproxy, mnt_ns)));
}

/* The bits of the path of the file that the task runs, NULL for no file. */
static __attribute__((always_inline)) inline void look(struct lsmp_known *known, lsmp_u64 task, lsmp_u64 file) {
  int foreign = !lsmp_trusts_foreign && file && (isForeignFile(file) || isForeignTask(task));
  known->bits = 0;
  known->state = LSMP_UNREADABLE;
  if (lsmp_probed_file_path(0, file) != LSMP_PRESENT) return;
  lsmp_u64 set = lsmp_match(0, lsmp_facts_table);
  __asm__ volatile("" : "+r"(set));
  if (set >= lsmp_facts_sets) return;
  known->state = LSMP_KNOWN;
  if (foreign) return;
  const lsmp_u32 *row = lsmp_tables + lsmp_facts_rows + set * 2;
  known->bits = row[0] | (lsmp_u64)row[1] << 32;
}

static __attribute__((always_inline)) inline void learn(struct lsmp_known *known, lsmp_u64 task, lsmp_u64 file) {
  look(known, task, file);
  lsmp_finish();
}

/* A task that is older than the policy: what it runs now. In a user namespace of its own it may have named another file.
 * Inline: the kernel takes calls eight deep. */
static __attribute__((always_inline)) inline void readOld(struct lsmp_facts *facts, lsmp_u64 task) {
  lsmp_u64 mm = lsmp_word(task, lsmp_offset(task_struct___facts, mm));
  learn(&facts->exe, task, mm ? lsmp_word(mm, lsmp_offset(mm_struct, exe_file)) : 0);
  lsmp_u64 cred = lsmp_word(task, lsmp_offset(task_struct___facts, cred));
  if (!lsmp_trusts_foreign && mm && isDeep(lsmp_word(cred, lsmp_offset(cred___owner, user_ns)))) facts->exe.bits = 0;
  facts->old = mm && (lsmp_u32)lsmp_word(task, lsmp_offset(task_struct___facts, pid)) == (lsmp_u32)lsmp_word(task, lsmp_offset(task_struct___facts, tgid));
  if (lsmp_asks_scripts && !mm) learn(&facts->script, task, 0); /* of a program nobody knows what it was started for */
}

static __attribute__((always_inline)) inline const struct lsmp_facts *factsBefore(struct task_struct *task) {
  if (lsmp_has_task_storage()) return bpf_task_storage_get(&lsmp_facts_before, task, 0, 0);
  lsmp_u64 address = (lsmp_u64)task;
  return bpf_map_lookup_elem(&lsmp_facts_before_hashed, &address);
}

static __attribute__((always_inline)) inline lsmp_u64 asOurs(lsmp_u64 bits) {
  lsmp_u64 ours = 0;
#pragma clang loop unroll(disable)
  for (lsmp_u32 i = 0; i < LSMP_FACTS_BITS; i++) {
    lsmp_u32 from = lsmp_followed.bits[i];
    if (from < LSMP_FACTS_BITS) ours |= (bits >> from & 1) << i;
  }
  return ours;
}

enum lsmp_taken_over { LSMP_TAKEN_NOTHING, LSMP_TAKEN_SOME, LSMP_TAKEN_ALL, LSMP_TAKEN_AGAIN };

/* What the replaced policy knows of a task, which its programs keep up to now. An exec meanwhile, on another processor, runs our program first and its next: what such an
 * exec told us is not overwritten, and where that could have happened the loader comes again, for then its program has run, too. */
static __attribute__((always_inline)) inline lsmp_u32 takeOver(struct lsmp_facts *facts, struct task_struct *task) {
  const struct lsmp_facts *before = factsBefore(task);
  if (!before || before->exe.state == LSMP_UNKNOWN) return LSMP_TAKEN_NOTHING;
  lsmp_u64 program = asOurs(before->exe.bits), kept = lsmp_followed.kept;
  volatile lsmp_u32 *own = &facts->own;
  lsmp_u32 taken = lsmp_followed.whole ? LSMP_TAKEN_ALL : LSMP_TAKEN_SOME;
  if (!*own) {
    if (before->exe.state == LSMP_KNOWN) {
      facts->exe.bits = (facts->exe.bits & ~kept) | program;
      if (taken == LSMP_TAKEN_ALL) facts->exe.state = LSMP_KNOWN;
    }
    if (taken == LSMP_TAKEN_ALL) {
      facts->old = before->old;
      if (before->script.state == LSMP_KNOWN) {
        facts->script.bits = asOurs(before->script.bits);
        facts->script.state = LSMP_KNOWN;
      }
    }
    /* A full barrier, as 5.10 has it: whoever executes now is seen, or comes to write behind us. */
    __asm__ volatile("lock *(u64 *)(%0 + 0) += %1" : : "r"(&facts->ancestors), "r"(0ull) : "memory");
    if (*own) {
      *own = 0;
      taken = LSMP_TAKEN_AGAIN;
    }
  } else if (program != (facts->exe.bits & kept)) {
    facts->ancestors |= program; /* its program has not come to this exec: that is what the task was */
  }
  facts->ancestors |= asOurs(before->ancestors);
  facts->lost |= before->lost;
  return taken;
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
  if (own->exe.state == LSMP_UNKNOWN) readOld(own, bpf_get_current_task());
  struct lsmp_facts *facts = factsOf(child, 1);
  if (!facts) return refuse();
  facts->exe = own->exe;
  if (lsmp_asks_scripts) facts->script = own->script;
  facts->ancestors = own->ancestors | (flags & LSMP_CLONE_THREAD ? 0 : own->exe.bits);
  facts->lost = own->lost | (own->exe.state == LSMP_UNREADABLE);
  facts->own = own->own;
  return 0;
}

/* Once an exec, before its first check; a failed one leaves no trace but this, which the next replaces. */
SEC("lsm/bprm_creds_for_exec") int lsmp_track_asked(lsmp_u64 *ctx) {
  lsmp_u64 file = lsmp_word(lsmp_number(ctx[0]), lsmp_offset(linux_binprm, file)), task = bpf_get_current_task();
  struct lsmp_facts *own = ownFacts(1);
  if (!own) {
    lsmp_count(LSMP_NO_SCRATCH); /* then it stays unknown, and unresolved */
    return 0;
  }
  if (own->exe.state == LSMP_UNKNOWN) readOld(own, task);
  if (lsmp_asks_scripts) learn(&own->asked, task, file);
  own->file = file;
  own->step = 0;
  return 0;
}

/* Whoever comes first to a file counts it: this program or a rule's. The file before it is still open, so no address comes twice. */
static __attribute__((always_inline)) inline void advance(struct lsmp_facts *own, lsmp_u64 file) {
  if (!own->file || own->file == file) return; /* none: the exec is older than the policy */
  own->file = file;
  own->step++;
}

SEC("lsm/bprm_check_security") int lsmp_track_step(lsmp_u64 *ctx) {
  struct lsmp_facts *own = ownFacts(0);
  if (own) advance(own, lsmp_word(lsmp_number(ctx[0]), lsmp_offset(linux_binprm, file)));
  return 0;
}

SEC("lsm/bprm_committed_creds") int lsmp_track_exec(lsmp_u64 *ctx) {
  lsmp_u64 bprm = lsmp_number(ctx[0]), task = bpf_get_current_task();
  struct lsmp_facts *own = ownFacts(1);
  if (!own) {
    lsmp_count(LSMP_NO_SCRATCH);
    return 0;
  }
  own->ancestors |= own->exe.bits;
  if (own->exe.state != LSMP_KNOWN) own->lost = 1; /* unknown: it began before there was anything to ask it */
  *(volatile lsmp_u32 *)&own->own = 1;
  learn(&own->exe, task, lsmp_word(bprm, lsmp_offset(linux_binprm, file)));
  if (!lsmp_asks_scripts) return 0;
  if (lsmp_word(bprm, lsmp_offset(linux_binprm, interp)) == lsmp_word(bprm, lsmp_offset(linux_binprm, filename)))
    learn(&own->script, task, 0);
  else
    own->script = own->asked;
  return 0;
}

SEC("lsm/task_free") int lsmp_track_end(lsmp_u64 *ctx) {
  lsmp_u64 task = ctx[0];
  bpf_map_delete_elem(&lsmp_facts_hashed, &task);
  return 0;
}

struct seq_file;
struct bpf_iter_meta { struct seq_file *seq; };
struct bpf_iter__task { struct bpf_iter_meta *meta; struct task_struct *task; };

/* Run by the loader until nothing changes: parents come before their children, but for numbers that have wrapped. It writes a mark (enum lsmp_task_mark) for each process
 * that is older, and for each task for which it has to come again. */
SEC("iter/task") int lsmp_track_old(lsmp_u64 *ctx) {
  struct task_struct *task = ((struct bpf_iter__task *)ctx)->task;
  if (!task) return 0;
  struct lsmp_facts *facts = factsOf(task, 1);
  if (!facts) {
    lsmp_count(LSMP_NO_SCRATCH);
    return 0;
  }
  if (facts->exe.state == LSMP_UNKNOWN) readOld(facts, lsmp_number((lsmp_u64)task));
  lsmp_u32 taken = lsmp_followed.follows ? takeOver(facts, task) : LSMP_TAKEN_NOTHING;
  char mark = taken == LSMP_TAKEN_AGAIN ? LSMP_TASK_AGAIN : LSMP_TASK_OLDER;
  if (taken == LSMP_TAKEN_AGAIN || (lsmp_asks_ancestors && facts->old)) bpf_seq_write(((struct bpf_iter__task *)ctx)->meta->seq, &mark, sizeof mark);
  if (taken == LSMP_TAKEN_ALL) return 0; /* its ancestors, ended ones too */
  struct lsmp_facts *parent = parentFacts(task);
  if (!parent) return 0;
  facts->ancestors |= parent->ancestors | parent->exe.bits;
  facts->lost |= parent->lost | (parent->exe.state == LSMP_UNREADABLE);
  return 0;
}

static __attribute__((always_inline)) inline lsmp_u32 bitsOf(const struct lsmp_known *known, lsmp_u64 *bits) {
  *bits = 0;
  if (known->state != LSMP_KNOWN) return LSMP_IS_UNRESOLVED;
  *bits = known->bits;
  return LSMP_PRESENT;
}

static __attribute__((always_inline)) inline lsmp_u32 exeOf(const struct lsmp_facts *facts, lsmp_u64 *bits) {
  *bits = 0;
  return facts ? bitsOf(&facts->exe, bits) : LSMP_IS_UNRESOLVED;
}

LSMP_INLINE lsmp_u32 lsmp_exe(lsmp_u64 *bits) { return exeOf(ownFacts(0), bits); }

LSMP_INLINE lsmp_u32 lsmp_task_exe(struct task_struct *task, lsmp_u64 *bits) { return exeOf(factsOf(task, 0), bits); }

LSMP_INLINE lsmp_u32 lsmp_parent_exe(lsmp_u64 *bits) { return exeOf(parentFacts(lsmp_current()), bits); }

LSMP_INLINE lsmp_u32 lsmp_ancestors(lsmp_u64 *bits) {
  struct lsmp_facts *own = ownFacts(0);
  *bits = 0;
  if (!own || own->exe.state == LSMP_UNKNOWN || own->lost) return LSMP_IS_UNRESOLVED;
  *bits = own->ancestors;
  return LSMP_PRESENT;
}

LSMP_INLINE lsmp_u32 lsmp_script(lsmp_u64 *bits) {
  struct lsmp_facts *own = ownFacts(0);
  *bits = 0;
  return own ? bitsOf(&own->script, bits) : LSMP_IS_UNRESOLVED;
}

LSMP_INLINE lsmp_u32 lsmp_asked_script(lsmp_u64 *bits) {
  struct lsmp_facts *own = ownFacts(0);
  *bits = 0;
  return own ? bitsOf(&own->asked, bits) : LSMP_IS_UNRESOLVED;
}

LSMP_INLINE lsmp_u32 lsmp_exec_step(lsmp_u64 file, lsmp_u64 *step) {
  struct lsmp_facts *own = ownFacts(0);
  *step = 0;
  if (!own || !own->file) return LSMP_IS_UNRESOLVED;
  advance(own, file);
  *step = own->step;
  return LSMP_PRESENT;
}
