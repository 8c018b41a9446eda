/* The path of a file by loads as far as its mount reaches, a tenth of what probes take, and done where that mount is the root of the acting
 * task's mount namespace. The mounts above another one are walked by probes. Whatever else it meets it leaves to the walk that tries again.
 *
 * No rename begins or ends meanwhile (rename_lock, as in path.bpf.c), so all names hold together; and at a moment between, what the mount is
 * and where. A namespace's root stays that for the namespace's life; what is mounted on it is one pointer, or is asked for under mount_lock. */
#include "scratch.h"

#define LSMP_LOADED_STEPS 15 /* each a name of up to 255 bytes and a slash: they fit, whatever they are */
#define LSMP_LOADED_NAME 24 /* bytes of a name that are loaded; so short ones are always within the dentry (fs/dcache.c: d_alloc, swap_names, copy_name) */

struct dentry___inside { unsigned char d_iname[LSMP_LOADED_NAME]; } LSMP_RELOCATED;
struct dentry___short { struct { unsigned long words[1]; } d_shortname; } LSMP_RELOCATED; /* 6.15 */
struct task_struct___root { void *nsproxy; } LSMP_RELOCATED;
struct nsproxy___root { void *mnt_ns; } LSMP_RELOCATED;
struct mnt_namespace___root { void *root; } LSMP_RELOCATED;
struct mount___over { void *overmount; } LSMP_RELOCATED; /* 6.15: what is mounted on the mount's root */

static __attribute__((always_inline)) inline lsmp_u64 shortNameAt(void) {
  lsmp_u64 offset;
  if (bpf_core_field_exists(struct dentry___short, d_shortname)) {
    LSMP_OFFSET_HERE(offset, dentry___short, d_shortname);
  } else {
    LSMP_OFFSET_HERE(offset, dentry___inside, d_iname);
  }
  return offset;
}

/* The bytes behind the name are what is there already. */
static __attribute__((always_inline)) inline void copyShort(lsmp_u8 *to, const void *from, lsmp_u64 length) {
  __asm__ volatile("%0 &= 31" : "+r"(length));
  lsmp_u64 *end = (lsmp_u64 *)(to + length), behind = end[0];
  *(lsmp_u64 *)to = *(const lsmp_u64 *)from;
  if (length > 8) { /* two at once: one more way would be one for each turn of the verifier */
    lsmp_u64 second = end[1];
    *(lsmp_u64 *)(to + 8) = *(const lsmp_u64 *)(from + 8);
    *(lsmp_u64 *)(to + 16) = *(const lsmp_u64 *)(from + 16);
    end[1] = second;
  }
  end[0] = behind;
}

/* Moves `position`. `inside`: where in a dentry short names are. */
static __attribute__((always_inline)) inline int prependLoaded(struct lsmp_scratch_value *scratch, const struct dentry *dentry, lsmp_u64 inside,
                                                               lsmp_u32 *position) {
  lsmp_u64 length = dentry->d_name.len, at = *position - length, size = length;
  *position = at - 1;
  __asm__ volatile("" : "+r"(*position)); /* 32 bits that the verifier knows nothing of: after any turn the same */
  __asm__ volatile("%0 &= 4095" : "+r"(at));
  lsmp_u8 *to = &scratch->bytes[at];
  if (length - 1 < LSMP_LOADED_NAME) {
    copyShort(to, (const void *)dentry + inside, length);
  } else {
    if (length - 1 >= 255) return 0;
    __asm__ volatile("%0 &= 255" : "+r"(size));
    if (bpf_probe_read_kernel(to, size, dentry->d_name.name)) return 0;
  }
  to[-1] = '/';
  return 1;
}

static __attribute__((always_inline)) inline lsmp_u64 namespaceRoot(void) {
  if (lsmp_has_task_storage()) {
    const struct task_struct___root *task = (void *)bpf_get_current_task_btf();
    const struct nsproxy___root *namespaces = task->nsproxy;
    const struct mnt_namespace___root *namespace = namespaces->mnt_ns;
    return lsmp_number((lsmp_u64)namespace->root);
  }
  lsmp_u64 namespaces = lsmp_word(bpf_get_current_task(), lsmp_offset(task_struct___root, nsproxy));
  return lsmp_word(lsmp_word(namespaces, lsmp_offset(nsproxy___root, mnt_ns)), lsmp_offset(mnt_namespace___root, root));
}

static __attribute__((always_inline)) inline int isOnRoot(lsmp_u64 mount, lsmp_u64 root) {
  if (bpf_core_field_exists(struct mount___over, overmount)) {
    lsmp_u64 offset;
    LSMP_OFFSET_HERE(offset, mount___over, overmount);
    return lsmp_word(root, offset) == mount;
  }
  lsmp_u32 before = sequenceOf(&mount_lock);
  int is = lsmp_word(mount, lsmp_offset(mount, mnt_parent)) == root &&
           lsmp_word(mount, lsmp_offset(mount, mnt_mountpoint)) == lsmp_word(root, lsmp_offset(mount, mnt.mnt_root));
  lsmp_u32 after = sequenceOf(&mount_lock);
  return is && before == after && !(after & 1);
}

/* Fills the slot's memory; returns where the path begins, 0 where it cannot be had or has no name. */
static __attribute__((always_inline)) inline lsmp_u64 climb(struct lsmp_scratch_value *scratch, const struct dentry *dentry, const void *root) {
  lsmp_u64 inside = shortNameAt();
  lsmp_u32 position = LSMP_PATH_BYTES;
#pragma clang loop unroll(disable)
  for (int i = 0; i < LSMP_LOADED_STEPS; i++) {
    if (dentry == root) return position == LSMP_PATH_BYTES ? 0 : position;
    if (!prependLoaded(scratch, dentry, inside, &position)) break;
    dentry = dentry->d_parent;
  }
  return 0;
}

/* 1: the slot's string, in `scratch`, is the path from `root` to `dentry`, as it has been since `*renames`. Else, where `*start` is set, it begins there, above the
 * mount; and where there was a rename `*renames` is what it has come to. `mount`: of which `root` is the root; 0: no matter where that is. */
static __attribute__((always_inline)) inline int loadedPath(struct lsmp_scratch_value *scratch, lsmp_u32 slot, const struct dentry *dentry, const void *root,
                                                            lsmp_u64 mount, lsmp_u32 *renames, lsmp_u64 *start) {
  *start = 0;
  __asm__ volatile("" : "+r"(scratch)); /* nothing is reckoned from it before it is known to be there */
  if (!scratch || *renames & 1) return 0;
  lsmp_u64 position = climb(scratch, dentry, root);
  if (!position) return 0;
  if (mount) {
    lsmp_u64 namespace_root = namespaceRoot();
    if (mount != namespace_root && !isOnRoot(mount, namespace_root)) {
      *start = position;
      return 0;
    }
  }
  lsmp_u32 now = renamesNow();
  if (now != *renames) {
    *renames = now;
    return 0;
  }
  struct lsmp_span *string = lsmp_string_of(scratch, slot);
  string->start = position;
  string->length = LSMP_PATH_BYTES - position;
  return 1;
}
