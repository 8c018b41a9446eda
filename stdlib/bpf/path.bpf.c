/* The absolute path of a (mount, dentry) in the mount's namespace, seen from that namespace's root: mounts are crossed up to
 * the mount that is its own parent, so chroot shortens nothing, and an unlinked file keeps its name. */
#include "scratch.h"

#define LSMP_STEPS (256 + 32) /* components, and the mounts they cross: 7.x has one below every root */
#define LSMP_BLOCK_STEPS 4 /* a call: the verifier sees each of these once */
#define LSMP_BLOCKS 16     /* a call of that many calls; sixteen such calls are all tries together: three of the longest path, or sixteen of 64 steps */
#define LSMP_MORE_STEPS 4   /* beside enum lsmp_state */
#define LSMP_ATTEMPTS 16 /* anyone may rename in a loop: each try that no rename disturbs ends the walk */
#define LSMP_LOCKED 0x100000001ULL /* of two sequence counts: a writer is at work */
#define LSMP_ERRORS (-4095ULL)
#define LSMP_NO_FILE 1 /* for lsmp_walks, with no mount: not unknown, but known to be nothing */

enum lsmp_done { LSMP_WALKING, LSMP_AT_ROOT, LSMP_FAILED };

/* Sampled before and after a walk: it takes no lock. */
extern const void rename_lock __ksym __weak;
extern const void mount_lock __ksym __weak;

/* Odd: a writer is at work, or nobody knows. */
static __attribute__((always_inline)) inline lsmp_u32 sequenceOf(const void *lock) {
  lsmp_u32 sequence;
  lsmp_u64 failed = lsmp_load(sequence, lock);
  return sequence | failed >> 63;
}

static __attribute__((always_inline)) inline lsmp_u32 renamesNow(void) { return sequenceOf(&rename_lock); }

LSMP_GLOBAL lsmp_u64 lsmp_sequences(void) { return (lsmp_u64)renamesNow() << 32 | sequenceOf(&mount_lock); }

/* One name before what is already there. */
static __attribute__((always_inline)) inline lsmp_u64 prepend(struct lsmp_scratch_value *scratch, lsmp_u64 dentry) {
  lsmp_u32 length = lsmp_word(dentry, lsmp_offset(dentry, d_name.len));
  lsmp_u64 name = lsmp_word(dentry, lsmp_offset(dentry, d_name.name)), position = scratch->walk.position;
  if (length - 1 >= 255 || position < length + 1 + scratch->walk.floor) return LSMP_FAILED;
  position -= length;
  lsmp_u64 at = position, size = length;
  __asm__ volatile("%0 &= 4095" : "+r"(at));
  __asm__ volatile("%0 &= 255" : "+r"(size));
  if (bpf_probe_read_kernel(&scratch->bytes[at], size, (const void *)name)) return LSMP_FAILED;
  at = --position;
  __asm__ volatile("%0 &= 4095" : "+r"(at));
  scratch->bytes[at] = '/';
  scratch->walk.position = position;
  return LSMP_WALKING;
}

/* How far a walk goes: over the mounts to their namespace's root, or to the root of the dentry's superblock. */
enum lsmp_reach { LSMP_TO_NAMESPACE, LSMP_TO_SUPERBLOCK };

/* State lives in the map, so that every turn looks the same to the verifier. What cannot be read is 0, which is no mount,
 * no dentry and no name. */
static __attribute__((always_inline)) inline lsmp_u64 step(struct lsmp_scratch_value *scratch, enum lsmp_reach reach) {
  lsmp_u64 dentry = scratch->walk.dentry, parent;
  if (dentry == scratch->walk.root) {
    if (reach == LSMP_TO_SUPERBLOCK) return dentry ? LSMP_AT_ROOT : LSMP_FAILED;
    lsmp_u64 mount = scratch->walk.mount;
    parent = lsmp_word(mount, lsmp_offset(mount, mnt_parent));
    if (!parent || !dentry) return LSMP_FAILED;
    if (parent == mount) return LSMP_AT_ROOT;
    scratch->walk.dentry = lsmp_word(mount, lsmp_offset(mount, mnt_mountpoint));
    scratch->walk.root = lsmp_word(parent, lsmp_offset(mount, mnt.mnt_root));
    scratch->walk.mount = parent;
    return LSMP_WALKING;
  }
  parent = lsmp_word(dentry, lsmp_offset(dentry, d_parent));
  if (parent == dentry) return LSMP_FAILED; /* moved out of what is mounted */
  scratch->walk.dentry = parent;
  return prepend(scratch, dentry);
}

static __attribute__((always_inline)) inline int anonymous(lsmp_u64 namespace) {
  lsmp_u64 offset;
  if (bpf_core_field_exists(struct mnt_namespace___anon, is_anon))
    return (lsmp_u8)lsmp_word(namespace, lsmp_offset(mnt_namespace___anon, is_anon));
  if (bpf_core_field_exists(struct mnt_namespace, seq)) {
    LSMP_OFFSET_HERE(offset, mnt_namespace, seq);
  } else if (bpf_core_field_exists(struct mnt_namespace___id, ns.ns_id)) {
    LSMP_OFFSET_HERE(offset, mnt_namespace___id, ns.ns_id);
  } else {
    return 1;
  }
  return !lsmp_word(namespace, offset);
}

/* A mount of the kernel's own belongs to no namespace: pipes, sockets and memfds have no path, what a stacked filesystem
 * mounts for itself has one that nobody can name. */
static __attribute__((always_inline)) inline int lsmp_unnamed(lsmp_u64 mount) {
  return (lsmp_word(mount, lsmp_offset(mount, mnt.mnt_flags)) & LSMP_MNT_INTERNAL) != 0;
}

static __attribute__((always_inline)) inline lsmp_u64 steps(struct lsmp_scratch_value *scratch, enum lsmp_reach reach) {
  lsmp_u64 done = LSMP_WALKING;
#pragma clang loop unroll(disable)
  for (int i = 0; i < LSMP_BLOCK_STEPS; i++) {
    done = step(scratch, reach);
    if (done != LSMP_WALKING) break;
  }
  return done;
}

/* The next try, from the start. */
static __attribute__((always_inline)) inline lsmp_u32 again(struct lsmp_scratch_value *scratch, lsmp_u64 now, lsmp_u64 root_offset) {
  volatile struct lsmp_walk *walk = &scratch->walk;
  lsmp_u64 mount = walk->from_mount;
  walk->before = now;
  walk->mount = mount;
  walk->root = lsmp_word(mount, root_offset);
  walk->dentry = walk->from_dentry;
  walk->position = LSMP_PATH_BYTES;
  walk->blocks = LSMP_STEPS / LSMP_BLOCK_STEPS;
  return LSMP_MORE_STEPS;
}

/* What a try has come to, if no rename and no mount has disturbed it; else the next begins. What is PRESENT is the slot's string. */
static __attribute__((always_inline)) inline lsmp_u32 settle(struct lsmp_scratch_value *scratch, lsmp_u32 slot, lsmp_u32 walked, lsmp_u64 root_offset) {
  lsmp_u64 now = lsmp_sequences();
  if (scratch->walk.before == now && !(now & LSMP_LOCKED)) {
    struct lsmp_span *string = lsmp_string_of(scratch, slot);
    lsmp_u32 first = scratch->walk.position;
    if (walked != LSMP_PRESENT) return walked;
    string->start = first;
    string->length = LSMP_PATH_BYTES - first;
    return walked;
  }
  lsmp_u32 left = scratch->walk.tries;
  scratch->walk.tries = left - 1;
  return left ? again(scratch, now, root_offset) : LSMP_IS_UNRESOLVED;
}

static __attribute__((always_inline)) inline lsmp_u32 atRoot(struct lsmp_scratch_value *scratch) {
  if (scratch->walk.position == LSMP_PATH_BYTES) {
    scratch->bytes[LSMP_PATH_BYTES - 1] = '/';
    scratch->walk.position = LSMP_PATH_BYTES - 1;
  }
  return LSMP_PRESENT;
}

/* What a walk is that has ended with `done`. */
static __attribute__((always_inline)) inline lsmp_u32 inNamespace(struct lsmp_scratch_value *scratch, lsmp_u64 done) {
  lsmp_u64 mount = scratch->walk.mount, namespace = lsmp_word(mount, lsmp_offset(mount, mnt_ns));
  if (namespace >= LSMP_ERRORS && lsmp_unnamed(mount)) {
    scratch->walk.position = LSMP_PATH_BYTES;
    return LSMP_PRESENT;
  }
  if (done != LSMP_AT_ROOT || !namespace || namespace >= LSMP_ERRORS || anonymous(namespace)) return LSMP_IS_UNRESOLVED;
  return atRoot(scratch);
}

/* The same to the superblock's root, which stands where the mount does. What hangs below no root and is of a filesystem that
 * nobody can mount or name (pipes, sockets, memfds) has no path. */
static __attribute__((always_inline)) inline lsmp_u32 inSuperblock(struct lsmp_scratch_value *scratch, lsmp_u64 done) {
  if (done == LSMP_AT_ROOT) return atRoot(scratch);
  lsmp_u64 dentry = scratch->walk.dentry, superblock = scratch->walk.mount;
  int is_root = dentry && lsmp_word(dentry, lsmp_offset(dentry, d_parent)) == dentry;
  if (!is_root || scratch->walk.position != LSMP_PATH_BYTES || !(lsmp_word(superblock, lsmp_offset(super_block, s_flags)) & LSMP_SB_NAMELESS)) return LSMP_IS_UNRESOLVED;
  return LSMP_PRESENT;
}

/* Calls until one ends the walk. */
#define LSMP_ON_AND_ON(most, call)                           \
  _Pragma("clang loop unroll(disable)")                  \
  for (int turn = 0; turn < (most); turn++) {            \
    lsmp_u32 walked = (call);                            \
    if (walked != LSMP_MORE_STEPS) return walked;        \
  }

/* A walk, from the start until a try was not disturbed: its path is the slot's string. The first goes on where loads have come to the mount's root, with
 * the path from `start` on, since `renames` (stdlib/bpf/loaded_path.bpf.c; 0: it has not). `block` goes LSMP_BLOCK_STEPS further from what stands in the slot's
 * memory: LSMP_MORE_STEPS, or the path's state. The verifier goes through each turn of a loop, but sees a function's once. A macro, so that a policy has only the types and functions of its walk. */
#define LSMP_WALKS(walks, several, block, reach, ending, root_at, nothing)                        \
  LSMP_GLOBAL lsmp_u32 block(lsmp_u32 slot) {                                           \
    __asm__ volatile("" : "+r"(slot)); /* used, whatever the policy: LLVM leaves out arguments that nothing reads */ \
    struct lsmp_scratch_value *scratch = lsmp_scratch_again(slot);                      \
    if (!scratch) return LSMP_IS_UNRESOLVED;                                            \
    lsmp_u64 done = steps(scratch, reach);                                              \
    lsmp_u32 left = scratch->walk.blocks - 1;                                           \
    scratch->walk.blocks = left;                                                        \
    if (done == LSMP_WALKING && left) return LSMP_MORE_STEPS;                           \
    return settle(scratch, slot, done == LSMP_WALKING ? LSMP_IS_UNRESOLVED : ending(scratch, done), root_at()); \
  }                                                                                     \
  LSMP_GLOBAL lsmp_u32 several(lsmp_u32 slot) {                                         \
    __asm__ volatile("" : "+r"(slot));                                                  \
    LSMP_ON_AND_ON(LSMP_BLOCKS, block(slot))                                            \
    return LSMP_MORE_STEPS;                                                             \
  }                                                                                     \
  LSMP_GLOBAL lsmp_u32 walks(lsmp_u32 slot, lsmp_u64 mount, lsmp_u64 dentry, lsmp_u32 start, lsmp_u32 renames) { \
    __asm__ volatile("" : "+r"(slot), "+r"(start), "+r"(renames));                      \
    struct lsmp_scratch_value *scratch = lsmp_scratch_of(slot);                         \
    if (!scratch) return LSMP_IS_UNRESOLVED;                                            \
    lsmp_string_of(scratch, slot)->length = 0;                                          \
    if (!mount && dentry == (nothing)) return LSMP_PRESENT;                             \
    lsmp_u64 now = lsmp_sequences();                                                    \
    scratch->walk.from_mount = mount;                                                   \
    scratch->walk.from_dentry = dentry;                                                 \
    scratch->walk.tries = LSMP_ATTEMPTS - 1;                                            \
    again(scratch, now, root_at());                                                     \
    if (start && !lsmp_spare_is_taken()) { /* of a spare memory: what loads left may be elsewhere */ \
      scratch->walk.dentry = scratch->walk.root;                                        \
      scratch->walk.position = start;                                                   \
      scratch->walk.before = (lsmp_u64)renames << 32 | (lsmp_u32)now;                   \
    }                                                                                   \
    LSMP_ON_AND_ON(LSMP_ATTEMPTS, several(slot))                                        \
    return LSMP_IS_UNRESOLVED;                                                          \
  }

/* Apart, so that what walks is the same for all kernels (assembled.h). */
LSMP_GLOBAL lsmp_u64 lsmp_root_of_mount_at(void) { return lsmp_offset(mount, mnt.mnt_root); }
LSMP_GLOBAL lsmp_u64 lsmp_root_of_superblock_at(void) { return lsmp_offset(super_block, s_root); }

LSMP_WALKS(lsmp_walks, lsmp_blocks, lsmp_walk, LSMP_TO_NAMESPACE, inNamespace, lsmp_root_of_mount_at, LSMP_NO_FILE)
LSMP_WALKS(lsmp_fs_walks, lsmp_fs_blocks, lsmp_fs_walk, LSMP_TO_SUPERBLOCK, inSuperblock, lsmp_root_of_superblock_at, ~0ULL) /* from a superblock, which stands where the mount does */

#include "loaded_path.bpf.c"
#include "near_name.bpf.c"
#include "renames_seen.bpf.c"
#include "path_cache.bpf.c"

/* `mount` (its struct vfsmount) and `dentry` are addresses of the kernel; a bad one fails to read and leaves the path
 * unresolved. Inline: a kernel allows eight frames. */
static __attribute__((always_inline)) inline lsmp_u32 lsmp_path(lsmp_u32 slot, lsmp_u64 mount, lsmp_u64 dentry) {
  return lsmp_walks(slot, lsmp_number(mount) - lsmp_offset(mount, mnt), lsmp_number(dentry), 0, 0);
}

LSMP_GLOBAL lsmp_u32 lsmp_fs_path(lsmp_u32 slot, lsmp_u64 dentry) {
  return lsmp_fs_walks(slot, lsmp_word(dentry, lsmp_offset(dentry___sb, d_sb)), dentry, 0, 0);
}

LSMP_INLINE lsmp_u32 lsmp_fs_path_of(lsmp_u32 slot, const struct dentry *dentry) {
  const struct super_block *superblock = ((const struct dentry___sb *)dentry)->d_sb;
  lsmp_u64 start = 0;
  lsmp_u32 renames = renamesNow();
  if (loadedPath(lsmp_scratch_unless_spare(slot), slot, dentry, superblock->s_root, 0, &renames, &start)) return LSMP_PRESENT;
  return lsmp_fs_walks(slot, lsmp_number((lsmp_u64)superblock), lsmp_number((lsmp_u64)dentry), start, renames);
}

LSMP_INLINE lsmp_u32 lsmp_path_of(lsmp_u32 slot, const struct path *path) {
  const struct vfsmount *vfsmount = path->mnt;
  lsmp_u64 mount = lsmp_number((lsmp_u64)vfsmount) - lsmp_offset(mount, mnt), start = 0;
  lsmp_u32 renames = renamesNow();
  if (loadedPath(lsmp_scratch_unless_spare(slot), slot, path->dentry, vfsmount->mnt_root, mount, &renames, &start)) return LSMP_PRESENT;
  return lsmp_walks(slot, mount, lsmp_number((lsmp_u64)path->dentry), start, renames);
}

LSMP_INLINE lsmp_u32 lsmp_path_at(lsmp_u32 slot, const struct path *dir, lsmp_u64 dentry) {
  return lsmp_path(slot, (lsmp_u64)dir->mnt, dentry);
}

/* Where there was a rename since `seen` the next of `attempts` climbs again. */
static __attribute__((always_inline)) inline lsmp_u32 filePath(lsmp_u32 slot, const struct file *file, struct lsmp_cache_seen *seen, int attempts) {
  lsmp_u64 mount = 0, dentry = LSMP_NO_FILE, start = 0;
  if (!lsmp_null(file)) {
    struct lsmp_scratch_value *scratch = lsmp_scratch_unless_spare(slot);
    const struct vfsmount *vfsmount = file->f_path.mnt;
    mount = lsmp_number((lsmp_u64)vfsmount) - lsmp_offset(mount, mnt);
    dentry = lsmp_number((lsmp_u64)file->f_path.dentry);
#pragma clang loop unroll(disable)
    for (int i = 0; i < attempts; i++) {
      lsmp_u32 before = seen->renames, renames = before;
      if (loadedPath(scratch, slot, file->f_path.dentry, vfsmount->mnt_root, mount, &renames, &start)) {
        seen->scratch = scratch;
        return LSMP_PRESENT;
      }
      seen->renames = renames;
      if (start || renames == before) break;
      if (attempts > 1) noteRenames(renames);
    }
  }
  return lsmp_walks(slot, mount, dentry, start, seen->renames);
}

LSMP_INLINE lsmp_u32 lsmp_file_path(lsmp_u32 slot, const struct file *file) {
  struct lsmp_cache_seen seen;
  seen.renames = renamesNow();
  return filePath(slot, file, &seen, 1);
}

LSMP_INLINE lsmp_u32 lsmp_file_path_since(lsmp_u32 slot, const struct file *file, struct lsmp_cache_seen *seen) {
  return filePath(slot, file, seen, 2);
}

/* Inline: each frame of the chain of calls is 32 bytes of the stack that a program has not. */
static __attribute__((always_inline)) inline lsmp_u32 probedPath(lsmp_u32 slot, lsmp_u64 path) {
  return lsmp_path(slot, lsmp_word(path, lsmp_offset(path, mnt)), lsmp_word(path, lsmp_offset(path, dentry)));
}

LSMP_GLOBAL lsmp_u32 lsmp_probed_path_of(lsmp_u32 slot, lsmp_u64 path) { return probedPath(slot, path); }

LSMP_GLOBAL lsmp_u32 lsmp_probed_path_at(lsmp_u32 slot, lsmp_u64 dir, lsmp_u64 dentry) {
  return lsmp_path(slot, lsmp_word(dir, lsmp_offset(path, mnt)), dentry);
}

LSMP_GLOBAL lsmp_u32 lsmp_probed_file_path(lsmp_u32 slot, lsmp_u64 file) {
  if (!file) return lsmp_walks(slot, 0, LSMP_NO_FILE, 0, 0);
  return probedPath(slot, file + lsmp_offset(file, f_path));
}

LSMP_INLINE lsmp_u32 lsmp_inner_file(const struct file *file) {
  if (lsmp_null(file)) return 0;
  if (file->f_inode != file->f_path.dentry->d_inode) return 1;
  const struct vfsmount *mount = file->f_path.mnt;
  if (mount->mnt_flags & LSMP_MNT_INTERNAL) return 0;
  return lsmp_word(lsmp_number((lsmp_u64)mount) - lsmp_offset(mount, mnt), lsmp_offset(mount, mnt_ns)) >= LSMP_ERRORS;
}
