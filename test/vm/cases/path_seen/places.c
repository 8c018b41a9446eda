/* Files in every kind of mount. */
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "test/vm/expect.h"

static void mounted(const char* source, const char* target, const char* type, unsigned long flags) {
  mkdir(target, 0700);
  if (mount(source, target, type, flags, NULL)) failed(target, "mount");
}

static void tmpfs(const char* target) { mounted("none", target, "tmpfs", 0); }

static void binds(void) {
  mkdir("/seen/a", 0700);
  make("/seen/a/file");
  make("/seen/plain");
  make("/seen/one");
  seen("plain", "/seen/plain", LIVE, "/seen/plain");
  seen("folder", "/seen/a", LIVE, "/seen/a");
  seen("root", "/", LIVE, "/");
  mounted("/seen/a", "/seen/bind", NULL, MS_BIND);
  seen("bind", "/seen/bind/file", LIVE, "/seen/bind/file");
  seen("bind root", "/seen/bind", LIVE, "/seen/bind");
  mounted("/seen/bind", "/seen/again", NULL, MS_BIND);
  seen("bind of bind", "/seen/again/file", LIVE, "/seen/again/file");
  if (mount("/seen/plain", "/seen/one", NULL, MS_BIND, NULL)) failed("/seen/one", "mount");
  seen("one file", "/seen/one", LIVE, "/seen/one");
  tmpfs("/seen/tmpfs");
  make("/seen/tmpfs/file");
  seen("tmpfs", "/seen/tmpfs/file", LIVE, "/seen/tmpfs/file");
  tmpfs("/seen/tmpfs");
  make("/seen/tmpfs/file");
  seen("twice mounted", "/seen/tmpfs/file", LIVE, "/seen/tmpfs/file");
  tmpfs("/seen/tmpfs/below");
  make("/seen/tmpfs/below/file");
  seen("nested", "/seen/tmpfs/below/file", LIVE, "/seen/tmpfs/below/file");
}

static void roundabout(void) {
  if (symlink("plain", "/seen/link")) failed("link", "symlink");
  seen("symlink", "/seen/link", LIVE, "/seen/plain");
  int fd = open("/seen/plain", O_RDONLY);
  char again[64];
  snprintf(again, sizeof again, "/proc/self/fd/%d", fd);
  seen("fd reopened", again, LIVE, "/seen/plain");
  mkdir("/seen/hidden", 0700);
  make("/seen/hidden/file");
  int hidden = open("/seen/hidden", O_RDONLY);
  tmpfs("/seen/hidden");
  seenAt("hidden", hidden, "file", O_RDONLY, LIVE, "/seen/hidden/file");
}

static void moved(void) {
  tmpfs("/seen/from");
  make("/seen/from/file");
  mkdir("/seen/to", 0700);
  if (syscall(SYS_move_mount, AT_FDCWD, "/seen/from", AT_FDCWD, "/seen/to", 0)) failed("moved", "move_mount");
  seen("moved", "/seen/to/file", LIVE, "/seen/to/file");
  int context = syscall(SYS_fsopen, "tmpfs", 0);
  syscall(SYS_fsconfig, context, 6 /* create */, NULL, NULL, 0);
  int tree = syscall(SYS_fsmount, context, 0, 0);
  int fd = openat(tree, "file", O_CREAT | O_WRONLY, 0600);
  if (fd < 0) failed("unattached", "create");
  seenAt("unattached", tree, "file", O_RDONLY, SEEN, NULL);
  mkdir("/seen/attached", 0700);
  if (syscall(SYS_move_mount, tree, "", AT_FDCWD, "/seen/attached", 4 /* from the empty path */)) failed("attached", "move_mount");
  seenAt("attached", tree, "file", O_RDONLY, LIVE, "/seen/attached/file");
  int clone = syscall(SYS_open_tree, AT_FDCWD, "/seen/a", 1 /* clone */);
  seenAt("cloned tree", clone, "file", O_RDONLY, SEEN, NULL);
}

static void lost(void) {
  tmpfs("/seen/lazy");
  mkdir("/seen/lazy/d", 0700);
  make("/seen/lazy/d/file");
  int folder = open("/seen/lazy/d", O_RDONLY);
  if (umount2("/seen/lazy", MNT_DETACH)) failed("detached", "umount2");
  seenAt("detached", folder, "file", O_RDONLY, SEEN, NULL);
  for (const char** at = (const char*[]){"/seen/in", "/seen/in/d", "/seen/in/d/out", "/seen/out", NULL}; *at; at++) mkdir(*at, 0700);
  make("/seen/in/d/out/file");
  mounted("/seen/in", "/seen/in-bind", NULL, MS_BIND);
  int escaped = open("/seen/in-bind/d/out", O_RDONLY);
  if (rename("/seen/in/d/out", "/seen/out/out")) failed("escaped", "rename");
  seenAt("out of its bind", escaped, "file", O_RDONLY, SEEN, NULL);
}

static void jailed(void) {
  mkdir("/seen/jail", 0700);
  make("/seen/jail/file");
  if (chroot("/seen/jail") || chdir("/")) failed("chroot", "chroot");
  seen("chroot", "/file", SEEN, "/seen/jail/file");
}

static void ownNamespace(int ready, int done) {
  if (unshare(CLONE_NEWNS) || mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL)) failed("namespace", "unshare");
  tmpfs("/seen/own");
  make("/seen/own/file");
  seen("namespace", "/seen/own/file", LIVE, "/seen/own/file");
  seen("ns plain", "/seen/plain", LIVE, "/seen/plain");
  char byte = 0;
  if (write(ready, &byte, 1) != 1 || read(done, &byte, 1) != 1) failed("namespace", "pipe");
}

/* The first root cannot be pivoted away: another is moved over it first. */
static void pivoted(void) {
  if (unshare(CLONE_NEWNS) || mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL)) failed("pivot", "unshare");
  tmpfs("/seen/over");
  if (chdir("/seen/over") || mount(".", "/", NULL, MS_MOVE, NULL) || chroot(".") || chdir("/")) failed("pivot", "move");
  tmpfs("/new");
  mkdir("/new/old", 0700);
  mkdir("/new/d", 0700);
  make("/new/d/file");
  if (syscall(SYS_pivot_root, "/new", "/new/old") || chdir("/")) failed("pivot", "pivot_root");
  make("/old/file");
  seen("pivot", "/d/file", LIVE, "/d/file");
  seen("pivot old", "/old/file", LIVE, "/old/file");
  if (umount2("/old", MNT_DETACH)) failed("pivot", "umount2");
  seen("pivot alone", "/d/file", LIVE, "/d/file");
}

static void child(void (*work)(void)) {
  pid_t pid = fork();
  if (pid == 0) {
    work();
    _exit(0);
  }
  waitpid(pid, NULL, 0);
}

static void otherNamespace(void) {
  int ready[2], done[2];
  char byte = 0, path[64];
  if (pipe(ready) || pipe(done)) failed("other", "pipe");
  pid_t pid = fork();
  if (pid == 0) {
    ownNamespace(ready[1], done[0]);
    _exit(0);
  }
  if (read(ready[0], &byte, 1) != 1) failed("other", "read");
  snprintf(path, sizeof path, "/proc/%d/root/seen/own/file", pid);
  seen("from outside", path, SEEN, "/seen/own/file");
  if (write(done[1], &byte, 1) != 1) failed("other", "write");
  waitpid(pid, NULL, 0);
}

int main(void) {
  binds();
  roundabout();
  moved();
  lost();
  child(jailed);
  otherNamespace();
  child(pivoted);
  return 0;
}
