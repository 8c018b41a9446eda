/* Calls on open files. */
#include <fcntl.h>
#include <linux/fs.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/fanotify.h>
#include <sys/file.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/vfs.h>

#include "calls.h"

#define FILE_NAME "/tmp/files-plain"

static int plainFile(void) { return open(FILE_NAME, O_RDWR | O_CREAT, 0600); }

static void opened(void) {
  at("openat");
  int fd = plainFile();
  at("write");
  if (write(fd, "some bytes", 10) < 0) return;
  at("read");
  char bytes[4];
  if (pread(fd, bytes, 4, 0) < 0) return;
  at("fstat");
  struct stat status;
  fstat(fd, &status);
  at("fstatfs");
  struct statfs about;
  fstatfs(fd, &about);
  at("ftruncate");
  if (ftruncate(fd, 4096)) return;
  at("close");
  close(fd);
}

static void mapped(void) {
  int fd = plainFile();
  at("mmap");
  void* page = mmap((void*)0x10000000, 4096, PROT_READ, MAP_PRIVATE | MAP_FIXED, fd, 0);
  at("mprotect");
  mprotect(page, 4096, PROT_READ | PROT_WRITE);
}

static void locked(void) {
  int fd = plainFile();
  at("flock");
  flock(fd, LOCK_SH);
}

static void controlled(void) {
  int fd = plainFile();
  at("fcntl");
  fcntl(fd, F_SETFL, O_APPEND);
  fcntl(fd, F_SETOWN, getpid());
  at("ioctl");
  int flags = 0;
  ioctl(fd, FS_IOC_GETFLAGS, &flags);
  ioctl(fd, FS_IOC_SETFLAGS, &flags);
}

/* The 32-bit entry: ioctl is its call 54. Its third argument is no pointer here. */
static void compat(void) {
  int fd = plainFile();
  at("ioctl");
  long result = 54;
  __asm__ volatile("int $0x80" : "+a"(result) : "b"(fd), "c"(FIOCLEX), "d"(0) : "memory");
}

static void ownerSignalled(void) {
  int pair[2];
  signal(SIGIO, SIG_IGN);
  socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
  fcntl(pair[0], F_SETOWN, getpid());
  fcntl(pair[0], F_SETFL, O_ASYNC);
  at("write");
  if (write(pair[1], "x", 1) < 0) return;
}

static void unnamed(void) {
  at("memfd_create");
  memfd_create("m", 0);
  at("openat");
  open("/tmp", O_TMPFILE | O_RDWR, 0600);
  at("userfaultfd");
  syscall(SYS_userfaultfd, 1);
}

static void watched(void) {
  close(plainFile());
  at("inotify_add_watch");
  inotify_add_watch(inotify_init(), FILE_NAME, IN_MODIFY);
  at("fanotify_mark");
  fanotify_mark(fanotify_init(FAN_CLASS_NOTIF, O_RDONLY), FAN_MARK_ADD, FAN_OPEN, AT_FDCWD, FILE_NAME);
}

static void mountTable(void) {
  int fd = open("/proc/self/mounts", O_RDONLY);
  char bytes[4096];
  at("read");
  if (read(fd, bytes, sizeof(bytes)) < 0) return;
}

/* A file with a capability loses it by the next write: vfs_cap_data of revision 2 with CAP_KILL. */
static void privileged(void) {
  int fd = plainFile();
  uint32_t capability[5] = {0x02000000, 1 << 5, 0, 0, 0};
  syscall(SYS_fsetxattr, fd, "security.capability", capability, sizeof(capability), 0);
  at("write");
  if (write(fd, "x", 1) < 0) return;
}

static void filesystemAttributes(void) {
  struct {
    uint64_t xflags;
    uint32_t extsize, nextents, projid, cowextsize;
  } attributes = {0};
  close(plainFile());
  at("file_getattr");
  syscall(468, AT_FDCWD, FILE_NAME, &attributes, sizeof(attributes), 0);
  at("file_setattr");
  syscall(469, AT_FDCWD, FILE_NAME, &attributes, sizeof(attributes), 0);
}

RUN_GROUPS(opened, mapped, locked, controlled, compat, ownerSignalled, unnamed, watched, mountTable, privileged, filesystemAttributes)
