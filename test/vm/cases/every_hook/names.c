/* Calls on names: they make, remove and change files by path. */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <utime.h>

#include "calls.h"

#define FILE_NAME "/tmp/names-plain"
#define OTHER_NAME "/tmp/names-other"

static void plainFile(void) { close(open(FILE_NAME, O_RDWR | O_CREAT, 0600)); }

static void folders(void) {
  at("mkdir");
  mkdir("/tmp/names-folder", 0700);
  at("rmdir");
  rmdir("/tmp/names-folder");
  at("mkdir");
  mkdir("/sys/fs/cgroup/names", 0700);
  at("rmdir");
  rmdir("/sys/fs/cgroup/names");
}

static void links(void) {
  char target[64];
  plainFile();
  at("link");
  if (link(FILE_NAME, OTHER_NAME)) return;
  at("unlink");
  unlink(OTHER_NAME);
  at("symlink");
  if (symlink(FILE_NAME, OTHER_NAME)) return;
  at("readlink");
  if (readlink(OTHER_NAME, target, sizeof(target)) < 0) return;
  at("stat");
  struct stat status;
  stat(OTHER_NAME, &status);
  unlink(OTHER_NAME);
  at("rename");
  rename(FILE_NAME, OTHER_NAME);
  unlink(OTHER_NAME);
}

static void special(void) {
  at("mknod");
  mknod("/tmp/names-pipe", S_IFIFO | 0600, 0);
  unlink("/tmp/names-pipe");
}

static void changed(void) {
  plainFile();
  at("truncate");
  if (truncate(FILE_NAME, 10)) return;
  at("chmod");
  chmod(FILE_NAME, 0644);
  at("chown");
  if (chown(FILE_NAME, 7, 7)) return;
  at("utime");
  utime(FILE_NAME, NULL);
}

static void extended(void) {
  char bytes[64];
  plainFile();
  at("setxattr");
  setxattr(FILE_NAME, "trusted.note", "x", 1, 0);
  at("getxattr");
  getxattr(FILE_NAME, "trusted.note", bytes, sizeof(bytes));
  at("listxattr");
  listxattr(FILE_NAME, bytes, sizeof(bytes));
  at("removexattr");
  removexattr(FILE_NAME, "trusted.note");
  at("setxattr");
  setxattr(FILE_NAME, "security.note", "x", 1, 0);
}

/* An access list as user space hands it over: version 2, owner, group and other. */
static void accessList(void) {
  struct {
    uint32_t version;
    struct {
      uint16_t tag, permissions;
      uint32_t id;
    } entries[3];
  } list = {2, {{1, 6, -1}, {4, 4, -1}, {0x20, 4, -1}}};
  plainFile();
  at("setxattr");
  setxattr(FILE_NAME, "system.posix_acl_access", &list, sizeof(list), 0);
  at("getxattr");
  getxattr(FILE_NAME, "system.posix_acl_access", &list, sizeof(list));
  at("removexattr");
  removexattr(FILE_NAME, "system.posix_acl_access");
}

static void root(void) {
  at("chroot");
  if (chroot("/tmp")) return;
}

RUN_GROUPS(folders, links, special, changed, extended, accessList, root)
