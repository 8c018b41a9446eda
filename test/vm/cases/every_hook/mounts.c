/* Calls on mounts, in a mount namespace of their own. */
#include <fcntl.h>
#include <linux/mount.h>
#include <linux/quota.h>
#include <sched.h>
#include <sys/quota.h>
#include <sys/stat.h>
#include <sys/vfs.h>

#include "calls.h"

/* glibc's <sys/mount.h> and <linux/mount.h> do not go together. */
int mount(const char* source, const char* target, const char* type, unsigned long flags, const void* data);
int umount2(const char* target, int flags);

static void ownNamespace(void) {
  unshare(CLONE_NEWNS);
  mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL);
  mkdir("/tmp/mounts", 0700);
  mkdir("/tmp/mounts-other", 0700);
}

static void mounted(void) {
  ownNamespace();
  at("mount");
  mount("none", "/tmp/mounts", "tmpfs", 0, "size=1m");
  at("mount");
  mount("none", "/tmp/mounts", "tmpfs", MS_REMOUNT | MS_RDONLY, NULL);
  at("statfs");
  struct statfs about;
  statfs("/tmp/mounts", &about);
  at("umount2");
  umount2("/tmp/mounts", 0);
}

static void contexts(void) {
  ownNamespace();
  at("fsopen");
  int context = syscall(SYS_fsopen, "tmpfs", 0);
  at("fsconfig");
  syscall(SYS_fsconfig, context, FSCONFIG_SET_STRING, "size", "1m", 0);
  syscall(SYS_fsconfig, context, FSCONFIG_CMD_CREATE, NULL, NULL, 0);
  at("fsmount");
  int root = syscall(SYS_fsmount, context, 0, 0);
  at("move_mount");
  syscall(SYS_move_mount, root, "", AT_FDCWD, "/tmp/mounts", MOVE_MOUNT_F_EMPTY_PATH);
}

static void pivoted(void) {
  ownNamespace();
  mount("none", "/tmp/mounts", "tmpfs", 0, NULL);
  mkdir("/tmp/mounts/old", 0700);
  at("pivot_root");
  syscall(SYS_pivot_root, "/tmp/mounts", "/tmp/mounts/old");
}

/* tracefs is mounted below debugfs when someone first looks there. */
static void automounted(void) {
  struct stat status;
  ownNamespace();
  mount("none", "/tmp/mounts-other", "debugfs", 0, NULL);
  at("stat");
  stat("/tmp/mounts-other/tracing/trace", &status);
}

static void quotas(void) {
  at("quotactl");
  quotactl(QCMD(Q_SYNC, USRQUOTA), NULL, 0, NULL);
}

/* A file of the lower layer changed: copied up with its owner and its attributes. */
static void overlaid(void) {
  ownNamespace();
  mount("none", "/tmp/mounts", "tmpfs", 0, NULL);
  for (const char* const* name = (const char* const[]){"lower", "upper", "work", "all", NULL}; *name; ++name) {
    char path[64];
    snprintf(path, sizeof(path), "/tmp/mounts/%s", *name);
    mkdir(path, 0700);
  }
  close(open("/tmp/mounts/lower/file", O_CREAT | O_RDWR, 0600));
  mount("none", "/tmp/mounts/all", "overlay", 0, "lowerdir=/tmp/mounts/lower,upperdir=/tmp/mounts/upper,workdir=/tmp/mounts/work");
  at("openat");
  close(open("/tmp/mounts/all/file", O_RDWR));
}

RUN_GROUPS(mounted, contexts, pivoted, automounted, quotas, overlaid)
