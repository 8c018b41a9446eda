/* Other ways to a file than its name: handles, descriptors that came from elsewhere, mounts without a place. */
#include <fcntl.h>
#include <linux/fs.h>
#include <linux/mount.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "test/vm/act/act.h"

/* Opened for writing by its handle; the folder above it says which filesystem. */
static long openHandle(char** words) {
  union {
    struct file_handle handle;
    char bytes[sizeof(struct file_handle) + MAX_HANDLE_SZ];
  } named = {.handle.handle_bytes = MAX_HANDLE_SZ};
  int mount;
  if (name_to_handle_at(AT_FDCWD, words[0], &named.handle, &mount, 0)) giveUp("make a handle");
  int folder = open("/", O_RDONLY | O_DIRECTORY);
  return open_by_handle_at(folder, &named.handle, O_WRONLY);
}

/* By /proc/self/fd of a descriptor that may do nothing. */
static long openAgain(char** words) {
  char link[32];
  sprintf(link, "/proc/self/fd/%d", open(words[0], O_PATH));
  return open(link, O_WRONLY);
}

/* Descriptors that the shell has opened before the load. */
static long writeOpen(char** words) { return write(atoi(words[0]), "x", 1); }
static long cutOpen(char** words) { return ftruncate(atoi(words[0]), 1); }
static long shareOpen(char** words) { return mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, atoi(words[0]), 0) == MAP_FAILED ? -1 : 0; }
static long copyOpen(char** words) { return mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE, atoi(words[0]), 0) == MAP_FAILED ? -1 : 0; }

static long unprotectOpen(char** words) {
  void* at = mmap(NULL, 4096, PROT_READ, MAP_SHARED, atoi(words[0]), 0);
  if (at == MAP_FAILED) giveUp("map");
  return mprotect(at, 4096, PROT_READ | PROT_WRITE);
}

/* Through a socket: the kernel shows no errno, the descriptor only does not come. */
static long pass(int passed) {
  int ends[2];
  char byte = 'x', control[CMSG_SPACE(sizeof(int))] = {0};
  struct iovec data = {&byte, 1};
  struct msghdr message = {.msg_iov = &data, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
  struct cmsghdr* header = CMSG_FIRSTHDR(&message);
  *header = (struct cmsghdr){.cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS, .cmsg_len = CMSG_LEN(sizeof(int))};
  memcpy(CMSG_DATA(header), &passed, sizeof passed);
  if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) || sendmsg(ends[0], &message, 0) != 1) giveUp("send the descriptor");
  message.msg_controllen = sizeof control;
  if (recvmsg(ends[1], &message, 0) != 1) return -1;
  errno = EPERM;
  return CMSG_FIRSTHDR(&message) ? 0 : -1;
}

static long passOpen(char** words) { return pass(atoi(words[0])); }
static long receiveFile(char** words) { return pass(opened(words[0], O_RDONLY | O_NONBLOCK)); }

/* FOLDER NAME: a file without a name that gets one. */
static long nameLater(char** words) {
  char link[32];
  int file = open(words[0], O_TMPFILE | O_WRONLY, 0644);
  if (file < 0) giveUp("make a file without a name");
  sprintf(link, "/proc/self/fd/%d", file);
  return linkat(AT_FDCWD, link, AT_FDCWD, words[1], AT_SYMLINK_FOLLOW);
}

static int newMount(const char* type) {
  int context = syscall(SYS_fsopen, type, 0);
  if (context < 0 || syscall(SYS_fsconfig, context, FSCONFIG_CMD_CREATE, NULL, NULL, 0)) giveUp("make a filesystem");
  int mounted = syscall(SYS_fsmount, context, 0, 0);
  if (mounted < 0) giveUp("make a mount");
  return mounted;
}

static int copiedMount(const char* folder) {
  int tree = syscall(SYS_open_tree, AT_FDCWD, folder, OPEN_TREE_CLONE | O_CLOEXEC);
  if (tree < 0) giveUp("copy the mount");
  return tree;
}

/* FOLDER FILE: in a copy of the folder's mount that has no place. */
static long openDetached(char** words) { return openat(copiedMount(words[0]), words[1], O_WRONLY); }

/* TYPE NAME: made in a new filesystem that has no place. */
static long makeDetached(char** words) { return openat(newMount(words[0]), words[1], O_WRONLY | O_CREAT, 0644); }

/* FROM TO: a copy of the mount gets a place, and keeps it. */
static long attachCopy(char** words) { return syscall(SYS_move_mount, copiedMount(words[0]), "", AT_FDCWD, words[1], MOVE_MOUNT_F_EMPTY_PATH); }

/* TYPE TO */
static long attachNew(char** words) { return syscall(SYS_move_mount, newMount(words[0]), "", AT_FDCWD, words[1], MOVE_MOUNT_F_EMPTY_PATH); }

static long setTimes(char** words) { return utimensat(AT_FDCWD, words[0], NULL, 0); }
static long removeAttribute(char** words) { return removexattr(words[0], words[1]); }

/* One entry more than the mode says: user 5 may read. */
static long setList(char** words) {
  static const struct {
    uint32_t version;
    struct {
      uint16_t tag, permissions;
      uint32_t id;
    } entries[5];
  } list = {2, {{0x01, 6, -1}, {0x02, 4, 5}, {0x04, 4, -1}, {0x10, 4, -1}, {0x20, 4, -1}}};
  return setxattr(words[0], "system.posix_acl_access", &list, sizeof list, 0);
}

static long getFlags(char** words) {
  int flags, file = open(words[0], O_RDONLY);
  return ioctl(file, FS_IOC_GETFLAGS, &flags);
}

static long setFlags(char** words) {
  int flags = FS_NODUMP_FL, file = open(words[0], O_RDONLY);
  return ioctl(file, FS_IOC_SETFLAGS, &flags);
}

static long loadModule(char** words) { return syscall(SYS_finit_module, open(words[0], O_RDONLY | O_CLOEXEC), "", 0); }

const struct call alias_calls[] = {{"byhandle", 1, openHandle},
                                   {"reopen", 1, openAgain},
                                   {"writefd", 1, writeOpen},
                                   {"cutfd", 1, cutOpen},
                                   {"sharefd", 1, shareOpen},
                                   {"copyfd", 1, copyOpen},
                                   {"unprotectfd", 1, unprotectOpen},
                                   {"passfd", 1, passOpen},
                                   {"receive", 1, receiveFile},
                                   {"namelater", 2, nameLater},
                                   {"opendetached", 2, openDetached},
                                   {"makedetached", 2, makeDetached},
                                   {"attachcopy", 2, attachCopy},
                                   {"attachnew", 2, attachNew},
                                   {"times", 1, setTimes},
                                   {"removexattr", 2, removeAttribute},
                                   {"setflags", 1, setFlags},
                                   {"getflags", 1, getFlags},
                                   {"setacl", 1, setList},
                                   {"module", 1, loadModule},
                                   {0}};
