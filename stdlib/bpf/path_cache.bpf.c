/* What a table or an automaton said of a file's path, as long as nothing of that path has changed: who opens a file again climbs nothing and
 * searches nothing. docs/decisions/0019-path-cache.md says why an answer is never stale.
 *
 * An entry says of itself what the answer hangs on. Below the mount that is each name, compared byte for byte; above it the mounts of the
 * namespace; and that no rename has begun since, so that all of it was so at one moment. Where an entry lies says nothing. */
#include "scratch.h"

#define LSMP_CACHED_LOG 9
#define LSMP_CACHED_NAMES 14
#define LSMP_CACHED_HIT (1ULL << 32) /* beside the answer */
#define LSMP_SPREAD 0x9e3779b97f4a7c15ULL /* 2^64 divided by the golden ratio */
#define LSMP_EPOCH_JIFFIES 16 /* log2: some minutes; in so many no counter of 32 bits comes round */
#define LSMP_EPOCH_SHIFT 40   /* above what a namespace's count of changes comes to */
#define LSMP_IN_ORDER __asm__ volatile("" : : : "memory") /* what x86 keeps in order is so */

struct lsmp_cached_name { lsmp_u64 length, words[3]; }; /* 24 bytes from within the dentry, whatever stands behind a shorter name */

struct lsmp_cached_path {
  lsmp_u32 writers;  /* who wants to write and has not been refused yet */
  lsmp_u32 sequence; /* odd: somebody writes */
  lsmp_u64 mount, namespace, mounts, mask, seen;
  lsmp_u32 renames, question, answer, misses;
  struct lsmp_cached_name names[LSMP_CACHED_NAMES]; /* from the file's up to the mount's root */
};

struct {
  int (*type)[BPF_MAP_TYPE_ARRAY];
  int (*max_entries)[1 << LSMP_CACHED_LOG];
  lsmp_u32 *key;
  struct lsmp_cached_path *value;
} lsmp_cached_paths SEC(".maps");

struct mnt_namespace___event { unsigned long long event; } LSMP_RELOCATED;

/* Fills the namespace and the count of its changes, which no other namespace has had (fs/namespace.c: touch_mnt_namespace). Where the acting task
 * has no type it is the sequence of all mounts. 0: none that could be told from another. */
static __attribute__((always_inline)) inline int mountsNow(lsmp_u64 *namespace, lsmp_u64 *mounts) {
  lsmp_u64 epoch = bpf_jiffies64() >> LSMP_EPOCH_JIFFIES << LSMP_EPOCH_SHIFT;
  if (lsmp_has_task_storage()) {
    const struct task_struct___root *task = (void *)bpf_get_current_task_btf();
    const struct nsproxy___root *namespaces = task->nsproxy;
    const struct mnt_namespace___event *own = namespaces->mnt_ns;
    lsmp_u64 event = own->event;
    *namespace = lsmp_number((lsmp_u64)own);
    *mounts = event + epoch;
    return event != 0;
  }
  lsmp_u32 sequence = 1;
  lsmp_load(sequence, &mount_lock);
  *namespace = 0;
  *mounts = sequence + epoch;
  return !(sequence & 1);
}

/* Whether the names from `dentry` up to `root` are the entry's. */
static __attribute__((always_inline)) inline int hasNames(const struct lsmp_cached_path *entry, const struct dentry *dentry, const void *root) {
  lsmp_u64 inside = shortNameAt();
  const struct lsmp_cached_name *name = entry->names;
#pragma clang loop unroll(disable)
  for (int i = 0; i < LSMP_CACHED_NAMES; i++, name++) {
    LSMP_LOADED(name); /* as a pointer that moves */
    if (dentry == root) return !name->length;
    lsmp_u64 length = dentry->d_name.len;
    const lsmp_u64 *words = (const void *)dentry + inside;
    if (length != name->length || words[0] != name->words[0]) break;
    if (length > 8 && (words[1] != name->words[1] || (length > 16 && words[2] != name->words[2]))) break;
    dentry = dentry->d_parent;
  }
  return 0;
}

/* The reverse. A name of no length ends them. */
static __attribute__((always_inline)) inline int takeNames(struct lsmp_cached_path *entry, const struct dentry *dentry, const void *root) {
  lsmp_u64 inside = shortNameAt();
#pragma clang loop unroll(disable)
  for (int i = 0; i < LSMP_CACHED_NAMES; i++) {
    struct lsmp_cached_name *name = &entry->names[i];
    if (dentry == root) {
      name->length = 0;
      return 1;
    }
    lsmp_u64 length = dentry->d_name.len;
    const lsmp_u64 *words = (const void *)dentry + inside;
    if (length - 1 >= LSMP_LOADED_NAME) return 0;
    name->length = length;
    name->words[0] = words[0];
    name->words[1] = words[1];
    name->words[2] = words[2];
    dentry = dentry->d_parent;
  }
  return 0;
}

static __attribute__((always_inline)) inline struct lsmp_cached_path *entryAt(lsmp_u32 place) {
  return bpf_map_lookup_elem(&lsmp_cached_paths, &place);
}

/* Of a file that was asked for once; its complement: of one that can be in no entry. */
static __attribute__((always_inline)) inline lsmp_u64 markOf(const struct dentry *dentry, lsmp_u32 renames) {
  return lsmp_number((lsmp_u64)dentry) + ((lsmp_u64)renames << 32);
}

/* The answer to `question`, with LSMP_CACHED_HIT; else 0, and `seen` is what lsmp_file_path_since and lsmp_cache_file want. */
LSMP_INLINE lsmp_u64 lsmp_cached_file(const struct file *file, lsmp_u32 question, lsmp_u64 mask, struct lsmp_cache_seen *seen) {
  seen->fill = 0;
  seen->renames = 0;
  if (lsmp_null(file)) return 0;
  const struct dentry *dentry = file->f_path.dentry;
  const struct vfsmount *mount = file->f_path.mnt;
  seen->place = (lsmp_number((lsmp_u64)dentry) ^ question ^ mask << 16) * LSMP_SPREAD >> (64 - LSMP_CACHED_LOG);
  struct lsmp_cached_path *entry = entryAt(seen->place);
  lsmp_u32 sequence = 1;
  int is = 0;
  if (!mountsNow(&seen->namespace, &seen->mounts)) entry = 0;
  if (entry) {
    sequence = entry->sequence;
    LSMP_IN_ORDER;
    is = entry->mount == lsmp_number((lsmp_u64)mount) && entry->namespace == seen->namespace && entry->mounts == seen->mounts &&
         entry->mask == mask && entry->question == question && hasNames(entry, dentry, mount->mnt_root);
  }
  lsmp_u32 renames = seen->renames = renamesNow(); /* behind the names: they have not changed since */
  if (!entry) return 0;
  if (is && entry->renames == renames && !((sequence | renames) & 1)) {
    lsmp_u32 answer = entry->answer;
    LSMP_IN_ORDER;
    if (*(volatile lsmp_u32 *)&entry->sequence == sequence) return LSMP_CACHED_HIT | answer;
  }
  entry->misses++;
  lsmp_u64 mark = markOf(dentry, renames);
  if (entry->seen == mark) {
    seen->fill = 1;
    lsmp_load(seen->lock, &mount_lock);
  } else if (entry->seen != ~mark) {
    entry->seen = mark;
  }
  return 0;
}

/* 5.10 has no exchange and no lock for these programs, only an addition that says nothing. Who finds nobody but himself writes; of two at once none may. */
static __attribute__((always_inline)) inline int claim(struct lsmp_cached_path *entry) {
  __sync_fetch_and_add(&entry->writers, 1);
  if (*(volatile lsmp_u32 *)&entry->writers == 1) return 1;
  __sync_fetch_and_add(&entry->writers, -1);
  return 0;
}

/* Whether what changes where the mount is, is counted in `namespace`. */
static __attribute__((always_inline)) inline int isOf(lsmp_u64 namespace, lsmp_u64 mount) {
  return !namespace || lsmp_word(mount - lsmp_offset(mount, mnt), lsmp_offset(mount, mnt_ns)) == namespace;
}

/* Whether all that was seen before the walk is so still, so that the answer is of one moment. */
static __attribute__((always_inline)) inline int holdsStill(const struct lsmp_cache_seen *seen) {
  lsmp_u64 namespace, mounts;
  lsmp_u32 lock = 1;
  if (!mountsNow(&namespace, &mounts) || namespace != seen->namespace || mounts != seen->mounts) return 0;
  lsmp_load(lock, &mount_lock);
  return renamesNow() == seen->renames && lock == seen->lock && !((seen->renames | lock) & 1);
}

/* Keeps the answer that a walk since lsmp_cached_file has come to. Only for a file that comes a second time: most come once. */
LSMP_INLINE void lsmp_cache_file(const struct file *file, lsmp_u32 question, lsmp_u64 mask, lsmp_u32 answer, struct lsmp_cache_seen *seen) {
  if (!seen->fill || (answer >= LSMP_ROWS && answer != LSMP_NO_ROW)) return;
  struct lsmp_cached_path *entry = entryAt(seen->place);
  if (!entry || !claim(entry)) return;
  const struct vfsmount *mount = file->f_path.mnt;
  lsmp_u64 of_mount = lsmp_number((lsmp_u64)mount);
  entry->sequence++;
  LSMP_IN_ORDER;
  entry->mount = of_mount;
  entry->namespace = seen->namespace;
  entry->mounts = seen->mounts;
  entry->mask = mask;
  entry->question = question;
  entry->answer = answer;
  int can = takeNames(entry, file->f_path.dentry, mount->mnt_root) && isOf(seen->namespace, of_mount);
  if (!can) entry->seen = ~markOf(file->f_path.dentry, seen->renames);
  entry->renames = can && holdsStill(seen) ? seen->renames : 1; /* odd: never */
  LSMP_IN_ORDER;
  entry->sequence++;
  __sync_fetch_and_add(&entry->writers, -1);
}
