/* Two mount namespaces whose last change was one umount have the same count of changes. What is cached for the one is no answer for the other: the
 * mount is moved in the first, and a task of the second opens by a descriptor from there. Where it is moved to something is mounted already, in another
 * mount of the tree (storm.c). Usage: shared FOLDER, which is empty. */
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "test/vm/expect.h"

static void must(int failed, const char* what) {
  if (!failed) return;
  printf("not ok %s: shared: cannot %s: %s\n", getenv("CASE"), what, strerror(errno));
  exit(1);
}

static int isDenied(int folder) {
  int fd = openat(folder, "file", O_RDONLY);
  must(fd < 0 && errno != EACCES, "open");
  if (fd >= 0) close(fd);
  return fd < 0;
}

static void wait1(int from) {
  char byte;
  must(read(from, &byte, 1) != 1, "wait");
}

static void other(int folder, int ready, int go) {
  must(unshare(CLONE_NEWNS), "make a namespace");
  must(write(ready, "", 1) != 1, "tell");
  wait1(go);
  exit(isDenied(folder));
}

int main(int count, char** arguments) {
  int ready[2], go[2], status;
  must(count != 2 || chdir(arguments[1]), "go there");
  for (const char* const* one = (const char* const[]){"from", "m-open", "m-deny", "both", "again", NULL}; *one; one++) must(mkdir(*one, 0700), "make a folder");
  must(mknod("from/file", S_IFREG | 0600, 0) || mount("from", "m-open", NULL, MS_BIND, NULL), "bind");
  must(mount(".", "again", NULL, MS_BIND, NULL) || mount("none", "again/m-deny", "tmpfs", 0, NULL), "mount again");
  must(mount("none", "both", "tmpfs", 0, NULL) || mount(NULL, "both", NULL, MS_SHARED, NULL) || mkdir("both/x", 0700), "share");
  must(mount("none", "both/x", "tmpfs", 0, NULL), "mount");
  int folder = open("m-open", O_PATH);
  must(folder < 0 || pipe(ready) || pipe(go), "make ready");
  pid_t second = fork();
  if (second == 0) other(folder, ready[1], go[0]);
  wait1(ready[0]);
  must(umount("both/x"), "unmount in both");
  int denied = 0;
  for (int i = 0; i < 4; i++) denied += isDenied(folder);
  must(mount("m-open", "m-deny", NULL, MS_MOVE, NULL), "move the mount");
  must(write(go[1], "", 1) != 1, "tell");
  must(waitpid(second, &status, 0) != second, "wait for the other");
  printf("%s %s: a mount that another namespace moves\n", !denied && WEXITSTATUS(status) == 1 ? "ok" : "not ok", getenv("CASE"));
  umount("m-deny");
  umount("both");
  return 0;
}
