/* The entries of what was answered for paths: path_cache.bpf.c. One more holds what the renames had come to: renames_seen.bpf.c. */
#ifndef LSMPC_STDLIB_BPF_CACHED_PATH_H
#define LSMPC_STDLIB_BPF_CACHED_PATH_H

#include "scratch.h"

#define LSMP_CACHED_LOG 9
#define LSMP_CACHED_NAMES 12
#define LSMP_EPOCH_JIFFIES 16 /* log2: some minutes; in so many no counter of 32 bits comes round */

struct lsmp_cached_name { lsmp_u64 length, words[3]; }; /* 24 bytes from within the dentry, whatever stands behind a shorter name */

struct lsmp_cached_path { /* 512 bytes: a place is found by a shift */
  lsmp_u32 writers;  /* who wants to write and has not been refused yet */
  lsmp_u32 sequence; /* another with each who wrote */
  lsmp_u64 mount, root; /* no mount: nothing is here, or not yet */
  lsmp_u64 dentry;      /* proves nothing: another may have come to its place */
  lsmp_u64 namespace, mounts, mask;
  lsmp_u64 seen; /* of files that come here first */
  lsmp_u32 renames, question, answer, misses;
  lsmp_u64 rooted; /* no folder is above the mount */
  struct lsmp_cached_name names[LSMP_CACHED_NAMES]; /* from the file's up to the mount's root */
  lsmp_u64 unused[5];
};

struct {
  int (*type)[BPF_MAP_TYPE_ARRAY];
  int (*max_entries)[(1 << LSMP_CACHED_LOG) + 1]; /* the last is of renames_seen.bpf.c */
  lsmp_u32 *key;
  struct lsmp_cached_path *value;
} lsmp_cached_paths SEC(".maps");

/* Which of the times it is in which no counter of 32 bits comes round. */
static __attribute__((always_inline)) inline lsmp_u64 epochNow(void) { return bpf_jiffies64() >> LSMP_EPOCH_JIFFIES; }

static __attribute__((always_inline)) inline struct lsmp_cached_path *entryAt(lsmp_u32 place) {
  return bpf_map_lookup_elem(&lsmp_cached_paths, &place);
}

#endif
