/* What a table or an automaton said of a file's path, as long as nothing of that path has changed: who opens a file again climbs nothing and
 * searches nothing. docs/decisions/0019-path-cache.md says why an answer is never stale.
 *
 * An entry says of itself what the answer hangs on. Below the mount that is each name, compared byte for byte; above it the mounts of the
 * namespace; and that no rename has begun since, so that all of it was so at one moment. Where an entry lies says nothing. */
#include "cached_path.h"

#define LSMP_CACHED_HIT (1ULL << 32) /* beside the answer */
#define LSMP_NOT_HOME (1u << LSMP_CACHED_LOG) /* beside a place: the other of two */
#define LSMP_SPREAD 0x9e3779b97f4a7c15ULL /* 2^64 divided by the golden ratio */
#define LSMP_EPOCH_SHIFT 48
#define LSMP_IN_ORDER __asm__ volatile("" : : : "memory") /* what x86 keeps in order is so */

struct mnt_namespace___event { unsigned long long event; } LSMP_RELOCATED;

/* The mount in these minutes: above its address's own 48 bits all addresses of the kernel are alike. */
static __attribute__((always_inline)) inline lsmp_u64 mountTag(const void *mount) { return lsmp_number((lsmp_u64)mount) + (epochNow() << LSMP_EPOCH_SHIFT); }

/* Fills the namespace and the count of its changes, which no other namespace has had (fs/namespace.c: touch_mnt_namespace). Where the acting task
 * has no type it is the sequence of all mounts. 0: none that could be told from another, which is in no entry. */
static __attribute__((always_inline)) inline lsmp_u32 mountsNow(lsmp_u64 *namespace, lsmp_u64 *mounts) {
  if (lsmp_has_task_storage()) {
    const struct task_struct___root *task = (void *)bpf_get_current_task_btf();
    const struct nsproxy___root *namespaces = task->nsproxy;
    const struct mnt_namespace___event *own = namespaces->mnt_ns;
    *mounts = own->event;
    *namespace = (lsmp_u64)own;
    return lsmp_any(*mounts);
  }
  lsmp_u32 sequence = sequenceOf(&mount_lock);
  *namespace = 0;
  *mounts = sequence;
  return ~sequence & 1;
}

/* Three to a turn: the turn itself is a tenth of it. */
#define LSMP_NEXT_NAME(i)                                                                                                                     \
  {                                                                                                                                           \
    lsmp_u64 length = dentry->d_name.len;                                                                                                     \
    const lsmp_u64 *words = (const void *)dentry + inside;                                                                                    \
    if (length != name[i].length) return !name[i].length && (lsmp_u64)dentry == entry->root;                                                      \
    if (words[0] != name[i].words[0]) return 0;                                                                                               \
    if (length > 8 && (words[1] != name[i].words[1] || (length > 16 && words[2] != name[i].words[2]))) return 0;                              \
    dentry = dentry->d_parent;                                                                                                                \
  }

/* Whether the names from `dentry` up to the mount's root are the entry's. No name is of no length, so that at the end of the entry's the loop ends, too. */
static __attribute__((always_inline)) inline int hasNames(const struct lsmp_cached_path *entry, const struct dentry *dentry) {
  lsmp_u64 inside = shortNameAt();
  LSMP_LOADED(entry); /* so that no register is kept for the names from look to look */
  const struct lsmp_cached_name *name = entry->names;
  int left = (LSMP_CACHED_NAMES + 2) / 3;
#pragma clang loop unroll(disable)
  do {
    LSMP_LOADED(name); /* as a pointer that moves */
    LSMP_NEXT_NAME(0)
    LSMP_NEXT_NAME(1)
    LSMP_NEXT_NAME(2)
    name += 3;
    LSMP_LOADED(left); /* counted, so that the verifier sees an end */
  } while (--left);
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

/* 5.10 has no exchange and no lock for these programs, only an addition that says nothing. Who finds nobody but himself writes; of two at once none may. */
static __attribute__((always_inline)) inline int claim(struct lsmp_cached_path *entry) {
  __sync_fetch_and_add(&entry->writers, 1);
  if (*(volatile lsmp_u32 *)&entry->writers == 1) return 1;
  __sync_fetch_and_add(&entry->writers, -1);
  return 0;
}

static __attribute__((always_inline)) inline void release(struct lsmp_cached_path *entry) { __sync_fetch_and_add(&entry->writers, -1); }

/* The entry that was found at `sequence` is good since `renames`. */
static __attribute__((always_inline)) inline void refresh(struct lsmp_cached_path *entry, lsmp_u32 sequence, lsmp_u32 renames) {
  if (!claim(entry)) return;
  if (*(volatile lsmp_u32 *)&entry->sequence == sequence) entry->renames = renames;
  release(entry);
}

/* Whether the names of the entry, which was found at `sequence`, are the file's, all at one moment; `*renames` is what they were at last seen to have
 * come to. Where nothing is above the mount, names that are still so between two looks at the renames need not have been so ever since. */
static __attribute__((always_inline)) inline int namesHold(struct lsmp_cached_path *entry, lsmp_u32 sequence, const struct dentry *dentry, volatile lsmp_u32 *renames) {
  int looks = 2;
#pragma clang loop unroll(disable)
  do {
    if (!hasNames(entry, dentry)) return 0;
    lsmp_u32 now = renamesNow(), before = *renames; /* behind the names: they have not changed since */
    *renames = now;
    if (now == entry->renames) return 1;
    if (!entry->rooted || now & 1) return 0;
    if (now == before) {
      refresh(entry, sequence, now);
      return 1;
    }
    LSMP_LOADED(looks);
  } while (--looks);
  return 0;
}

/* Counts it, and where the file comes a second time gets ready to fill an entry: one that is the file's or nobody's, else either. */
static __attribute__((always_inline)) inline void miss(struct lsmp_cached_path *home, const struct lsmp_cached_path *entry, lsmp_u64 of_dentry,
                                                       struct lsmp_cache_seen *seen) {
  lsmp_u32 misses = home->misses + 1;
  home->misses = misses;
  lsmp_u64 marked = home->seen;
  if (marked == of_dentry) {
    home->seen = 0;
    seen->fill = mountsNow(&seen->namespace, &seen->mounts);
    seen->lock = sequenceOf(&mount_lock);
    /* Either in turn: who is kept has missed twice. */
    lsmp_u32 other = lsmp_any(entry->dentry ^ of_dentry) & lsmp_any(entry->mount) & ~(misses >> 1);
    other = lsmp_any(home->dentry ^ of_dentry) & lsmp_any(home->mount) & ~other;
    seen->place ^= (other & 1) * (1 | LSMP_NOT_HOME);
  } else if (marked != ~of_dentry && (!marked || !(misses & 3))) { /* its complement: of one that can be in no entry */
    home->seen = of_dentry; /* files of one place that come in turn must not wipe away each other's mark each time */
  }
}

/* The answer to `question`, with LSMP_CACHED_HIT; else 0, and `seen` is what lsmp_file_path_since and lsmp_cache_file want. A file is in one of two
 * entries. */
LSMP_INLINE lsmp_u64 lsmp_cached_file(const struct file *file, lsmp_u32 question, lsmp_u64 mask, lsmp_u32 one_mask, struct lsmp_cache_seen *seen) {
  struct lsmp_cached_path *home = 0, *entry = 0;
  lsmp_u64 of_dentry = 0, of_mount, namespace, mounts;
  seen->renames = 1;
  seen->place = 0;
  if (lsmp_null(file)) goto missed;
  const struct dentry *dentry = file->f_path.dentry;
  of_dentry = lsmp_number((lsmp_u64)dentry);
  seen->place = (of_dentry ^ question ^ mask << 16) * LSMP_SPREAD >> (64 - LSMP_CACHED_LOG);
  entry = home = entryAt(seen->place);
  if (!home) goto missed;
  if (home->dentry != of_dentry) {
    entry = entryAt(seen->place ^ 1);
    if (!entry || entry->dentry != of_dentry) goto missed;
  }
  lsmp_u32 sequence = entry->sequence;
  LSMP_IN_ORDER;
  of_mount = mountTag(file->f_path.mnt);
  if (entry->mount == of_mount && entry->question == question && (one_mask || entry->mask == mask)) {
    mountsNow(&namespace, &mounts);
    if (entry->namespace == namespace && entry->mounts == mounts && namesHold(entry, sequence, dentry, &seen->renames)) {
      lsmp_u32 answer = entry->answer;
      LSMP_IN_ORDER;
      if (*(volatile lsmp_u32 *)&entry->sequence == sequence) return LSMP_CACHED_HIT | answer;
    }
  }
  home = entryAt(seen->place); /* again: no register is kept for it */
missed:
  seen->fill = 0;
  seen->scratch = 0;
  if (home && entry) miss(home, entry, of_dentry, seen);
  if (seen->renames & 1) seen->renames = renamesSeen();
  return 0;
}

/* Whether what changes where the mount is, is counted in `namespace`. */
static __attribute__((always_inline)) inline int isOf(lsmp_u64 namespace, lsmp_u64 mount) {
  return !namespace || lsmp_word(mount - lsmp_offset(mount, mnt), lsmp_offset(mount, mnt_ns)) == namespace;
}

/* Whether all that was seen before the walk is so still, so that the answer is of one moment. */
static __attribute__((always_inline)) inline int holdsStill(const struct lsmp_cache_seen *seen) {
  lsmp_u64 namespace, mounts;
  if (!mountsNow(&namespace, &mounts) || namespace != seen->namespace || mounts != seen->mounts) return 0;
  lsmp_u32 lock = sequenceOf(&mount_lock);
  return renamesNow() == seen->renames && lock == seen->lock && !((seen->renames | lock) & 1);
}

/* Keeps the answer that a walk since lsmp_cached_file has come to. Only for a file that comes a second time: most come once. */
LSMP_INLINE void lsmp_cache_file(const struct file *file, lsmp_u32 question, lsmp_u64 mask, lsmp_u32 answer, struct lsmp_cache_seen *seen) {
  if (!seen->fill || (answer >= LSMP_ROWS && answer != LSMP_NO_ROW)) return;
  struct lsmp_cached_path *entry = entryAt(seen->place & (LSMP_NOT_HOME - 1)), *home;
  if (!entry || !claim(entry)) return;
  const struct vfsmount *mount = file->f_path.mnt;
  entry->mount = 0;
  LSMP_IN_ORDER;
  entry->sequence++;
  LSMP_IN_ORDER;
  entry->root = lsmp_number((lsmp_u64)mount->mnt_root);
  entry->dentry = lsmp_number((lsmp_u64)file->f_path.dentry);
  entry->namespace = seen->namespace;
  entry->mounts = seen->mounts;
  entry->mask = mask;
  entry->question = question;
  entry->answer = answer;
  entry->renames = seen->renames;
  entry->rooted = seen->scratch != 0; /* so far loads alone have come */
  int can = takeNames(entry, file->f_path.dentry, mount->mnt_root) && isOf(seen->namespace, lsmp_number((lsmp_u64)mount));
  if (!can && (home = entryAt((seen->place ^ seen->place >> LSMP_CACHED_LOG) & (LSMP_NOT_HOME - 1)))) home->seen = ~lsmp_number((lsmp_u64)file->f_path.dentry);
  can = can && holdsStill(seen);
  LSMP_IN_ORDER;
  if (can) entry->mount = mountTag(mount);
  release(entry);
}
