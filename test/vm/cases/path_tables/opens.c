/* opens make < PATHS: makes each, as a directory where others lie below it. opens UID < LINES: opens each as that user and compares with the line: ERRNO or `ok`, a
 * space, the path. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void make(char *path) {
  for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
    *slash = 0;
    if (mkdir(path, 0777) && errno == EEXIST) {
      struct stat found;
      if (!stat(path, &found) && S_ISREG(found.st_mode) && !unlink(path)) mkdir(path, 0777);
    }
    *slash = '/';
  }
  if (mknod(path, S_IFREG | 0666, 0) && errno != EEXIST) perror(path);
}

static const char *opened(const char *path) {
  int file = open(path, O_RDONLY);
  if (file < 0) return strerrorname_np(errno);
  close(file);
  return "ok";
}

int main(int count, char **arguments) {
  static char line[8192];
  int all = 0, denied = 0, wrong = 0, making = count > 1 && !strcmp(arguments[1], "make");
  umask(0);
  if (!making && setuid(atoi(arguments[1]))) return 2;
  while (fgets(line, sizeof line, stdin)) {
    line[strcspn(line, "\n")] = 0;
    if (making) {
      make(line);
      continue;
    }
    char *path = strchr(line, ' ');
    *path++ = 0;
    const char *got = opened(path);
    all++;
    denied += strcmp(got, "ok") != 0;
    if (strcmp(got, line) && wrong++ < 10) printf("# %s: %s, not %s\n", path, got, line);
  }
  if (!making) printf("%d opens, %d denied, %d wrong\n", all, denied, wrong);
  return wrong != 0;
}
