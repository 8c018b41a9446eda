/* opens make < PATHS: makes each, as a directory where others lie below it. opens UID TIMES < LINES: opens each so often as that user and compares with the
 * line, ACTION KIND PATH (test/vm/path_reference.cpp). Prints outcomes, as the lines have them; `wrong` are opens that end otherwise. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct counts { int opens, denied, allowed, none, off, off_none, wrong; } counts;

static void make(char* path) {
  for (char* slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
    *slash = 0;
    if (mkdir(path, 0777) && errno == EEXIST) {
      struct stat found;
      if (!stat(path, &found) && S_ISREG(found.st_mode) && !unlink(path)) mkdir(path, 0777);
    }
    *slash = '/';
  }
  if (mknod(path, S_IFREG | 0666, 0) && errno != EEXIST) perror(path);
}

static const char* opened(const char* path) {
  int file = open(path, O_RDONLY);
  if (file < 0) return strerrorname_np(errno);
  close(file);
  return "ok";
}

static void compare(const char* action, const char* kind, const char* path, int times) {
  int allows = !strcmp(action, "allow"), none = !strcmp(action, "none"), off = !strcmp(kind, "off");
  const char* wanted = allows || none ? "ok" : action;
  counts.opens++;
  counts.denied += !allows && !none;
  counts.allowed += allows;
  counts.none += none;
  counts.off += off;
  counts.off_none += off && none;
  for (int i = 0; i < times; i++) {
    const char* got = opened(path);
    if (strcmp(got, wanted) && counts.wrong++ < 10) printf("# %s: %s, not %s\n", path, got, wanted);
  }
}

int main(int count, char** arguments) {
  static char line[8192], action[32], kind[32], path[4096];
  int making = count == 2 && !strcmp(arguments[1], "make");
  umask(0);
  if (!making && (count != 3 || setuid(atoi(arguments[1])))) return 2;
  while (fgets(line, sizeof line, stdin)) {
    if (sscanf(line, "%31s %31s %4095s", action, kind, path) != 3) return 2;
    if (making)
      make(path);
    else
      compare(action, kind, path, atoi(arguments[2]));
  }
  if (!making)
    printf(
        "%d opens, %d denied by a rule, %d allowed by a rule, %d decided by none, %d one byte off what a rule fits, %d of these decided by "
        "none, %d wrong\n",
        counts.opens, counts.denied, counts.allowed, counts.none, counts.off, counts.off_none, counts.wrong);
  return counts.wrong != 0;
}
