/* The kernel types and constants that this library touches, declared with only the members it needs: CO-RE finds each by
 * name in the running kernel's BTF, so offsets here mean nothing. */
#ifndef LSMPC_STDLIB_BPF_KERNEL_H
#define LSMPC_STDLIB_BPF_KERNEL_H

#include "runtime/abi/bpf_types.h"

enum bpf_map_type {
  BPF_MAP_TYPE_HASH = 1,
  BPF_MAP_TYPE_ARRAY = 2,
  BPF_MAP_TYPE_PERCPU_ARRAY = 6,
  BPF_MAP_TYPE_RINGBUF = 27,
  BPF_MAP_TYPE_TASK_STORAGE = 29
};
enum { BPF_NOEXIST = 1, BPF_F_NO_PREALLOC = 1, BPF_LOCAL_STORAGE_GET_F_CREATE = 1 };
enum bpf_func_id { BPF_FUNC_get_current_task_btf = 158 }; /* 5.11, as task storage is */

#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>

#define LSMP_RELOCATED __attribute__((preserve_access_index))
/* A function is inline or global, never verified in a frame of its own below its caller's: docs/decisions/0009. */
/* Takes any pointer. `used`: policies call it, this library may not. */
#define LSMP_INLINE static __attribute__((always_inline, used)) inline
/* Verified once, alone: takes and gives nothing but numbers, and LLVM must see each parameter used, else callers leave it unset. */
#define LSMP_GLOBAL __attribute__((noinline, minsize))

#define LSMP_MNT_INTERNAL 0x4000 /* include/linux/mount.h */
#define LSMP_SB_NAMELESS 0x80400000 /* SB_NOUSER, SB_KERNMOUNT: include/linux/fs.h */
#define LSMP_AF_UNSPEC 0
#define LSMP_AF_UNIX 1
#define LSMP_AF_INET 2
#define LSMP_AF_INET6 10
#define LSMP_AF_SMC 43
#define LSMP_TCP_CLOSE 7 /* of sockets of other protocols, too: include/net/tcp_states.h */
#define LSMP_TCP_LISTEN 10

/* CO-RE asks of a pointer only that it is one, of an integer the same: where nothing is read through a pointer it is
 * `void *`, which is one type in the object's BTF. */
struct qstr { unsigned int len; void *name; } LSMP_RELOCATED;
struct dentry { void *d_parent; struct qstr d_name; void *d_inode; } LSMP_RELOCATED;
struct vfsmount { void *mnt_root; int mnt_flags; } LSMP_RELOCATED;
struct path { void *mnt; struct dentry *dentry; } LSMP_RELOCATED;
struct file { struct path f_path; void *f_inode; } LSMP_RELOCATED;

/* An anonymous namespace (a detached tree) is told by `is_anon`, by a zero `seq`, or by a zero id, in this order of age. */
struct mnt_namespace { unsigned long long seq; } LSMP_RELOCATED;
struct mnt_namespace___anon { unsigned char is_anon; } LSMP_RELOCATED;
struct ns_common___id { unsigned long long ns_id; } LSMP_RELOCATED;
struct mnt_namespace___id { struct ns_common___id ns; } LSMP_RELOCATED;
struct mount { void *mnt_parent; void *mnt_mountpoint; struct vfsmount mnt; void *mnt_ns; } LSMP_RELOCATED;

struct task_struct { void *real_parent; int tgid; unsigned char comm[16]; } LSMP_RELOCATED;
/* Apart, so that a policy that does not ask for them has none of their names. */
struct dentry___sb { void *d_sb; } LSMP_RELOCATED;
struct super_block { void *s_root; unsigned long s_flags; } LSMP_RELOCATED;
struct task_struct___pid { void *thread_pid; } LSMP_RELOCATED;
struct vfsmount___sb { void *mnt_sb; } LSMP_RELOCATED;
struct pid_namespace { void *child_reaper; } LSMP_RELOCATED;
struct task_struct___mm { void *mm; } LSMP_RELOCATED;
struct mm_struct { void *exe_file; } LSMP_RELOCATED;
struct fs_struct { struct path root; } LSMP_RELOCATED;
struct task_struct___fs { void *fs; } LSMP_RELOCATED;
struct upid { int nr; void *ns; } LSMP_RELOCATED;
struct pid { struct upid numbers[1]; } LSMP_RELOCATED;
struct cgroup { void *kn; } LSMP_RELOCATED;
struct kernfs_node { void *parent; void *name; } LSMP_RELOCATED;
struct kernfs_node___rcu { void *__parent; } LSMP_RELOCATED; /* 6.15 */
struct in6_addr { unsigned char bytes[16]; };
struct sock_common {
  unsigned short skc_family, skc_num, skc_dport;
  unsigned char skc_state;
  unsigned int skc_rcv_saddr, skc_daddr;
  struct in6_addr skc_v6_rcv_saddr, skc_v6_daddr;
} LSMP_RELOCATED;
struct sock { struct sock_common __sk_common; } LSMP_RELOCATED;
struct sockaddr_un { unsigned short sun_family; } LSMP_RELOCATED;
struct unix_address { int len; struct sockaddr_un name[]; } LSMP_RELOCATED;
struct unix_sock { void *addr; } LSMP_RELOCATED;
struct kernel_cap_struct { unsigned int cap[2]; } LSMP_RELOCATED;
struct cred { struct kernel_cap_struct cap_effective; } LSMP_RELOCATED;

/* The word `at` bytes into the kernel's object at `base`, 0 where it cannot be read: a function, so that each of its many uses is small. */
unsigned long long lsmp_word(unsigned long long base, unsigned long long at);

/* What the verifier knows to be a pointer, as a number, which is all that a global function takes. It looks at no number's sign. */
static __attribute__((always_inline)) inline unsigned long long lsmp_number(unsigned long long pointer) {
  __asm__("%0 = -%0" : "+r"(pointer));
  return -pointer;
}

/* 1 where any bit is set, else 0, without a branch, which would be one more way for the verifier. */
static __attribute__((always_inline)) inline unsigned long long lsmp_any(unsigned long long word) {
  unsigned long long minus = -word;
  __asm__("" : "+r"(minus)); /* LLVM would make it a comparison */
  return (word | minus) >> 63;
}

#define lsmp_offset(type, member) ((__u64)__builtin_preserve_field_info(((struct type *)0)->member, BPF_FIELD_BYTE_OFFSET))
#define lsmp_load(destination, address) bpf_probe_read_kernel(&(destination), sizeof(destination), (const void *)(address))

/* A field that the kernel lacks has no offset: its use must not move out of its branch. */
#define LSMP_OFFSET_HERE(offset, type, member) \
  offset = lsmp_offset(type, member);          \
  __asm__ volatile("" : "+r"(offset))

/* A hook's pointer may be NULL where 6.12's verifier says it never is: it deletes the branch of a comparison with zero, and the
 * load behind it has no fault handler. A comparison with another number stays. 7.3's wants the one with zero. */
static __attribute__((always_inline)) inline int lsmp_null(const void *pointer) {
  __asm__ volatile goto("if %0 == 0 goto %l[null]\n\tif %0 < 4096 goto %l[null]" : : "r"(pointer) : : null);
  return 0;
null:
  return 1;
}

#endif
