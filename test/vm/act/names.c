/* Calls that make, move, remove and change names and what they stand for. */
#include <fcntl.h>
#include <linux/fs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/mount.h>
#include <sys/quota.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "test/vm/act/act.h"

static long removeName(char** words) { return unlink(words[0]); }
static long makeFolder(char** words) { return mkdir(words[0], 0755); }
static long removeFolder(char** words) { return rmdir(words[0]); }
static long makeFifo(char** words) { return mknod(words[0], S_IFIFO | 0644, 0); }
static long linkName(char** words) { return link(words[0], words[1]); }
static long symlinkName(char** words) { return symlink(words[0], words[1]); }
static long renameName(char** words) { return rename(words[0], words[1]); }
static long truncateName(char** words) { return truncate(words[0], 1); }
static long changeMode(char** words) { return chmod(words[0], strtol(words[1], NULL, 8)); }
static long changeOwner(char** words) { return chown(words[0], atoi(words[1]), atoi(words[2])); }
static long setAttribute(char** words) { return setxattr(words[0], words[1], "x", 1, 0); }
static long listAttributes(char** words) { return listxattr(words[0], NULL, 0); }
static long watchName(char** words) { return inotify_add_watch(inotify_init(), words[0], IN_MODIFY); }
static long changeRoot(char** words) { return chroot(words[0]); }
static long nameHost(char** words) { return sethostname(words[0], strlen(words[0])); }

static long exchangeNames(char** words) { return syscall(SYS_renameat2, AT_FDCWD, words[0], AT_FDCWD, words[1], RENAME_EXCHANGE); }

/* SOURCE FOLDER TYPE; taken away again. */
static long mountThere(char** words) {
  long result = mount(words[0], words[1], words[2], 0, NULL);
  if (!result) umount2(words[1], MNT_DETACH);
  return result;
}

/* MOUNTED FOLDER: a bind mount, taken away again. */
static long bindThere(char** words) {
  long result = mount(words[0], words[1], NULL, MS_BIND, NULL);
  if (!result) umount2(words[1], MNT_DETACH);
  return result;
}

static long lookAt(char** words) {
  struct stat found;
  return stat(words[0], &found);
}

static long lookAtFilesystem(char** words) {
  struct statfs found;
  return statfs(words[0], &found);
}

/* That file is to keep the quotas of its filesystem, which is on a loop device. */
static long keepQuotas(char** words) {
  struct stat found;
  char device[32];
  if (lstat(words[0], &found)) giveUp("find the file's device");
  snprintf(device, sizeof device, "/dev/loop%u", minor(found.st_dev));
  return syscall(SYS_quotactl, QCMD(Q_QUOTAON, USRQUOTA), device, QFMT_VFS_V0, words[0]);
}

static long getAttribute(char** words) {
  char value[256];
  return getxattr(words[0], words[1], value, sizeof value);
}

static long readLink(char** words) {
  char target[256];
  return readlink(words[0], target, sizeof target);
}

static long mayUse(char** words) { return access(words[0], R_OK); }

const struct call name_calls[] = {
    {"unlink", 1, removeName},     {"mkdir", 1, makeFolder},     {"rmdir", 1, removeFolder}, {"mkfifo", 1, makeFifo},
    {"link", 2, linkName},         {"symlink", 2, symlinkName},  {"rename", 2, renameName},  {"exchange", 2, exchangeNames},
    {"truncate", 1, truncateName}, {"chmod", 2, changeMode},     {"chown", 3, changeOwner},  {"setxattr", 2, setAttribute},
    {"chroot", 1, changeRoot},     {"sethostname", 1, nameHost}, {"mount", 3, mountThere},   {"bindmount", 2, bindThere},
    {"stat", 1, lookAt},           {"readlink", 1, readLink},    {"access", 1, mayUse},      {"statfs", 1, lookAtFilesystem},
    {"getxattr", 2, getAttribute}, {"listxattr", 1, listAttributes}, {"watch", 1, watchName},
    {"quotaon", 1, keepQuotas}, {0}};
