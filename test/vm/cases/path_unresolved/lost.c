/* Objects without a path that can be had: calls on them are refused. */
#include <sys/mount.h>
#include <sys/stat.h>

#include "test/vm/expect.h"

static void judge(const char* what, int result, int wanted) {
  int error = result < 0 ? errno : 0;
  printf("%s %s: %s is %s (%s)\n", error == wanted ? "ok" : "not ok", getenv("CASE"), what, wanted ? "refused" : "permitted",
         strerror(error));
}

static int deep(int levels) {
  if (mkdir("/deep", 0700) || chdir("/deep")) failed("/deep", "chdir");
  for (int i = 0; i < levels; i++)
    if (mkdir("d", 0700) || chdir("d")) failed("d", "chdir");
  int fd = open(".", O_PATH);
  if (chdir("/")) failed("/", "chdir");
  return fd;
}

int main(void) {
  mkdir("/lazy", 0700);
  if (mount("none", "/lazy", "tmpfs", 0, NULL)) failed("/lazy", "mount");
  make("/lazy/file");
  int folder = open("/lazy", O_PATH), file = open("/lazy/file", O_RDWR);
  judge("an open before the mount is detached", openat(folder, "file", O_RDONLY), 0);
  if (umount2("/lazy", MNT_DETACH)) failed("/lazy", "umount2");
  judge("an open in the detached mount", openat(folder, "file", O_RDONLY), EXDEV);
  judge("a write in it", write(file, "x", 1), EXDEV);
  judge("an unlink in it", unlinkat(folder, "file", 0), EXDEV);
  judge("a rename in it", renameat(folder, "file", folder, "other"), EXDEV);
  int below = deep(300);
  judge("an open below 300 folders", openat(below, ".", O_RDONLY), EXDEV);
  judge("a neighbour's open", open("/etc/passwd", O_RDONLY), 0);
  return 0;
}
