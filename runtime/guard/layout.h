/* What the guard's programs (guard.bpf.c) and their loader (runtime/protection.h) share. */
#ifndef LSMPC_RUNTIME_GUARD_LAYOUT_H
#define LSMPC_RUNTIME_GUARD_LAYOUT_H

#define LSMP_GUARD_NAMES 16   /* names of a path, the program's own and those of its folders */
#define LSMP_GUARD_NAME 64    /* bytes of one, with the zero behind it */
#define LSMP_GUARD_MOUNTS 64
#define LSMP_GUARD_MAPS 16384 /* of all policies */
#define LSMP_GUARD_MAP_IDS "lsmp_guard_maps"
#define LSMP_GUARD_COUNTS "lsmp_guard_count"

enum lsmp_guard_count { LSMP_GUARD_PERMITTED, LSMP_GUARD_REFUSED, LSMP_GUARD_COUNTED };

/* In .rodata, filled before the load. */
struct lsmp_guard_config {
  unsigned long long device, inode; /* the folder of all pins: super_block.s_dev (major * 0x100000 + minor), inode.i_ino */
  unsigned int names;               /* of the program that may */
  unsigned int mounts;
  unsigned int mount_ids[LSMP_GUARD_MOUNTS]; /* struct mount.mnt_id, as in /proc/PID/mountinfo */
  char name[LSMP_GUARD_NAMES][LSMP_GUARD_NAME]; /* from the program up to the root, zero-padded */
};

#endif
