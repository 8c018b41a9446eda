/* The names of the kernel's integers (include/uapi/linux/types.h) that libbpf's headers for programs want, for BPF C: there is no libc beside it. */
#ifndef LSMPC_RUNTIME_ABI_BPF_TYPES_H
#define LSMPC_RUNTIME_ABI_BPF_TYPES_H

typedef unsigned char __u8;
typedef unsigned short __u16;
typedef unsigned int __u32;
typedef unsigned long long __u64;
typedef signed char __s8;
typedef short __s16;
typedef int __s32;
typedef long long __s64;
typedef __u16 __be16;
typedef __u32 __be32;
typedef __u32 __wsum;

#endif
