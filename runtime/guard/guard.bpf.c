/* Protects what keeps policies in force, from root too: the pins below one folder of a bpffs, the mounts that they hang on, and the policies' maps. Only one
 * program may pass, told by the path of its file from the root of its mounts, and by not being traced. What cannot be read is refused. */
#include "runtime/abi/bpf_types.h"
#include "runtime/guard/layout.h"

enum bpf_map_type { BPF_MAP_TYPE_HASH = 1, BPF_MAP_TYPE_ARRAY = 2 };
enum { BPF_F_NO_PREALLOC = 1 };

#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>

#define EPERM 1
#define PTRACE_MODE_ATTACH 2 /* include/linux/ptrace.h */
#define MOST_FOLDERS 8       /* pins are three below the folder of all */
#define MOST_STEPS 48        /* names and mounts on the way from a program to its root */

/* Only the members that are needed: CO-RE finds them by name. */
#define RELOCATED __attribute__((preserve_access_index))
struct qstr { unsigned int len; const char *name; } RELOCATED;
struct super_block { unsigned int s_dev; } RELOCATED;
struct inode { unsigned long i_ino; struct super_block *i_sb; } RELOCATED;
struct dentry { struct dentry *d_parent; struct qstr d_name; struct inode *d_inode; } RELOCATED;
struct vfsmount { struct dentry *mnt_root; } RELOCATED;
struct mount { struct mount *mnt_parent; struct dentry *mnt_mountpoint; struct vfsmount mnt; int mnt_id; } RELOCATED;
struct path { struct vfsmount *mnt; struct dentry *dentry; } RELOCATED;
struct file { struct path f_path; } RELOCATED;
struct mm_struct { struct file *exe_file; } RELOCATED;
struct task_struct { unsigned int ptrace; struct mm_struct *mm; } RELOCATED;
struct bpf_map { __u32 id; } RELOCATED;

const volatile struct lsmp_guard_config lsmp_guard_config = {};

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(map_flags, BPF_F_NO_PREALLOC);
  __uint(max_entries, LSMP_GUARD_MAPS);
  __type(key, __u32);
  __type(value, __u32);
} lsmp_guard_maps SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(max_entries, LSMP_GUARD_COUNTED);
  __type(key, __u32);
  __type(value, __u64);
} lsmp_guard_count SEC(".maps");

/* As a number: the verifier lets nothing be subtracted from a pointer that it knows. */
static __always_inline __u64 numberOf(const void *pointer) {
  __u64 number = (__u64)pointer;
  __asm__("%0 = -%0" : "+r"(number));
  return -number;
}

static __always_inline struct mount *mountOf(const struct vfsmount *mnt) {
  return (struct mount *)(numberOf(mnt) - bpf_core_field_offset(struct mount, mnt));
}

static __always_inline int hasName(struct dentry *dentry, __u32 at) {
  __u64 name[LSMP_GUARD_NAME / 8] = {}, other = 0;
  if (bpf_probe_read_kernel_str(name, sizeof name, BPF_CORE_READ(dentry, d_name.name)) < 2) return 0;
  const volatile __u64 *wanted = (const volatile __u64 *)lsmp_guard_config.name[at & (LSMP_GUARD_NAMES - 1)];
#pragma unroll
  for (int i = 0; i < LSMP_GUARD_NAME / 8; i++) other |= name[i] ^ wanted[i];
  return !other;
}

/* Whether the task runs from the file of that path. */
static __always_inline int runsTheProgram(struct task_struct *task) {
  struct file *file = BPF_CORE_READ(task, mm, exe_file);
  struct mount *mount = mountOf(BPF_CORE_READ(file, f_path.mnt));
  struct dentry *dentry = BPF_CORE_READ(file, f_path.dentry);
  __u32 at = 0;
  for (int step = 0; file && step < MOST_STEPS; step++) {
    if (dentry == BPF_CORE_READ(mount, mnt.mnt_root)) {
      struct mount *parent = BPF_CORE_READ(mount, mnt_parent);
      if (!parent) return 0;
      if (parent == mount) return at == lsmp_guard_config.names;
      dentry = BPF_CORE_READ(mount, mnt_mountpoint);
      mount = parent;
      continue;
    }
    if (at >= lsmp_guard_config.names || !hasName(dentry, at)) return 0;
    at++;
    dentry = BPF_CORE_READ(dentry, d_parent);
  }
  return 0;
}

static __noinline int isPermitted(void) {
  struct task_struct *task = (struct task_struct *)bpf_get_current_task();
  int permitted = !BPF_CORE_READ(task, ptrace) && runsTheProgram(task);
  __u32 key = permitted ? LSMP_GUARD_PERMITTED : LSMP_GUARD_REFUSED;
  __u64 *count = bpf_map_lookup_elem(&lsmp_guard_count, &key);
  if (count) __sync_fetch_and_add(count, 1);
  return permitted;
}

/* 6.12 wants to see that a verdict is none but an errno: a constant, which LLVM must not compute from the answer. */
static __always_inline long judge(void) {
  if (isPermitted()) return 0;
  long verdict;
  __asm__ volatile("%0 = %1" : "=r"(verdict) : "i"(-EPERM));
  return verdict;
}

static __always_inline int isPin(struct dentry *dentry) {
  for (int i = 0; i < MOST_FOLDERS; i++) {
    struct inode *inode = BPF_CORE_READ(dentry, d_inode);
    if (inode) {
      if (BPF_CORE_READ(inode, i_sb, s_dev) != lsmp_guard_config.device) return 0;
      if (BPF_CORE_READ(inode, i_ino) == lsmp_guard_config.inode) return 1;
    }
    struct dentry *parent = BPF_CORE_READ(dentry, d_parent);
    if (parent == dentry) return 0;
    dentry = parent;
  }
  return 0;
}

SEC("lsm/inode_unlink")
long guard_inode_unlink(__u64 *arguments) { return isPin((struct dentry *)arguments[1]) ? judge() : 0; }

SEC("lsm/inode_rmdir")
long guard_inode_rmdir(__u64 *arguments) { return isPin((struct dentry *)arguments[1]) ? judge() : 0; }

SEC("lsm/inode_rename")
long guard_inode_rename(__u64 *arguments) {
  return isPin((struct dentry *)arguments[1]) || isPin((struct dentry *)arguments[3]) ? judge() : 0;
}

SEC("lsm/sb_umount")
long guard_sb_umount(__u64 *arguments) {
  __u32 id = BPF_CORE_READ(mountOf((struct vfsmount *)arguments[0]), mnt_id);
  for (__u32 i = 0; i < LSMP_GUARD_MOUNTS && i < lsmp_guard_config.mounts; i++)
    if (lsmp_guard_config.mount_ids[i] == id) return judge();
  return 0;
}

/* Every descriptor of a map passes here, one to read only too: a program that is loaded with it may write. */
SEC("lsm/bpf_map")
long guard_bpf_map(__u64 *arguments) {
  __u32 id = BPF_CORE_READ((struct bpf_map *)arguments[0], id);
  return bpf_map_lookup_elem(&lsmp_guard_maps, &id) ? judge() : 0;
}

/* Its descriptors and its memory are as good as it is. */
SEC("lsm/ptrace_access_check")
long guard_ptrace_access_check(__u64 *arguments) {
  if (!((__u32)arguments[1] & PTRACE_MODE_ATTACH)) return 0;
  return runsTheProgram((struct task_struct *)arguments[0]) ? judge() : 0;
}

const char guard_license[] SEC("license") = "GPL";
